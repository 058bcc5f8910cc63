-- Who has a part in each reading? A name that stands in the text as it is, is taken from the first mention.
SELECT a.* REPLACE (coalesce(a.name, words_at(r.text, a.mentions[1].start, a.mentions[1].length)) AS name)
FROM file_actors AS a
LEFT JOIN kept_reports AS r USING (reading)

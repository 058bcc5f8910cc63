-- Which names stand anywhere in each report that holds an event that is looked at, as stems?
-- A word counts as a name where it is written large inside a sentence; a dateline's are left out by its dull words alone.
SELECT s.reading, list_sort(list_distinct(list(x.stem))) AS context
FROM (
    SELECT
        r.reading,
        unnest(regexp_extract_all(strip_accents(r.text), '[a-z,;0-9][”"’)]? ([A-Z][a-z]{2,})', 1)) AS word
    FROM reports AS r
    SEMI JOIN {subject}_events USING (reading)
) AS s
INNER JOIN {subject}_stems AS x ON lower(s.word) = x.word
WHERE NOT x.is_dull
GROUP BY s.reading

-- Which places does a report name, and to which entries of the gazetteer do the names lead? One row a name.
SELECT p.*, words_at(r.text, p.place_start, p.place_length) AS words
FROM live_places AS p
INNER JOIN live_reports AS r USING (reading)

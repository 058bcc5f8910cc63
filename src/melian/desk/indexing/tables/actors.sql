-- Every name under which somebody acts or speaks, with what the reports say of it and since when.
SELECT
    a.name, a.kind, a.country, a.sector, a.office, count(*) AS reports, min(r.published) AS first_told,
    max(r.published) AS last_told
FROM actors AS a
INNER JOIN reports AS r USING (reading)
GROUP BY ALL
ORDER BY a.name, last_told

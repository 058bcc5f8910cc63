-- What do the reports call this name, and in which days?
SELECT kind, country, sector, office, sum(reports)::BIGINT AS reports, min(first_told) AS first_told, max(last_told) AS last_told
FROM actors
WHERE name = $name
GROUP BY ALL
ORDER BY first_told, reports DESC
LIMIT 40

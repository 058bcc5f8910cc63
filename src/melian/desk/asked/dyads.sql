-- Which pairs of countries have most between them? Both directions in one row.
SELECT
    least(source, target) AS a, greatest(source, target) AS b, count(DISTINCT id) AS events,
    count(DISTINCT id) FILTER (WHERE quad <= 2) AS cooperation, count(DISTINCT id) FILTER (WHERE quad >= 3) AS conflict,
    max(coalesce(last_day, first_day)) AS last
FROM dyads
WHERE $country = '' OR source = $country OR target = $country
GROUP BY ALL
ORDER BY events DESC, a, b
LIMIT 200

-- Which pairs of countries have most between them? Both directions in one row.
SELECT a, b, events, cooperation, conflict, last
FROM couples
WHERE $country = '' OR a = $country OR b = $country
ORDER BY events DESC, a, b
LIMIT 200

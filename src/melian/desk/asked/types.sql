-- How many of the events that are looked at are of each type?
SELECT 'type' AS facet, type::VARCHAR AS value, count(*) AS events
FROM events
WHERE /* conditions */
GROUP BY type
ORDER BY events DESC, value

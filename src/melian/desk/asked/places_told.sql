-- Where do the reports tell this happening to have been?
SELECT
    e.place, e.place_country AS country, any_value(e.place_precision) AS precision, round(e.lat, 3) AS lat,
    round(e.lon, 3) AS lon, count(*) AS events
FROM events AS e
INNER JOIN links AS l USING (report, event)
WHERE l.linked = $linked AND e.place IS NOT NULL
GROUP BY ALL
ORDER BY events DESC, e.place
LIMIT 40

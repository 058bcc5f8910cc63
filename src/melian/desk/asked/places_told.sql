-- Where do the reports tell this happening to have been?
SELECT
    place, place_country AS country, any_value(place_precision) AS precision, round(lat, 3) AS lat, round(lon, 3) AS lon,
    count(*) AS events
FROM events
WHERE id IN (SELECT id FROM links WHERE linked = $linked) AND place IS NOT NULL
GROUP BY ALL
ORDER BY events DESC, place
LIMIT 40

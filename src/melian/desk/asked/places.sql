-- Where are the events that are looked at? A row a place; what is known as a country alone stays one.
SELECT
    place, place_country AS country, any_value(place_precision) AS precision, round(lat, 3) AS lat, round(lon, 3) AS lon,
    count(*) AS events, count(*) FILTER (WHERE quad >= 3) AS conflict,
    count(*) FILTER (WHERE standing = 'disputed') AS disputed, min(first_day) AS first, max(last_day) AS last
FROM events
WHERE place IS NOT NULL AND /* conditions */
GROUP BY ALL
ORDER BY events DESC, place
LIMIT 2000

-- Which tellings were known before and are as they were?
SELECT t.*
FROM stored_tellings AS t
ANTI JOIN gone_readings AS g ON t.reading = g.reading
ANTI JOIN fresh_events AS f ON t.reading = f.reading AND t.event = f.event

-- Which tellings were known before and are as they were?
SELECT l.reading, c.report, l.event, l.node, l.is_decided
FROM stored_event_links AS l
INNER JOIN current_readings AS c ON l.reading = c.reading
ANTI JOIN fresh_events AS f ON l.reading = f.reading AND l.event = f.event

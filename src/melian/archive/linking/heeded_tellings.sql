-- Which tellings has a hand judged since links were made? Each gets a node of its own; `was` is the one that it shared.
SELECT l.reading, c.report, l.event, hash(l.node, c.report, l.event) AS node, l.node AS was, true AS is_decided
FROM stored_event_links AS l
INNER JOIN current_readings AS c ON l.reading = c.reading
SEMI JOIN decided_events AS d ON c.report = d.report AND l.event = d.event
WHERE NOT l.is_decided

-- Which events are to be looked at: those of new readings, and those about which a decision was made or taken back?
SELECT e.reading, e.event
FROM live_events AS e SEMI JOIN fresh_readings AS f ON e.reading = f.reading
UNION
SELECT e.reading, e.event
FROM live_events AS e SEMI JOIN decided_events AS d ON e.report = d.report AND e.event = d.event
ANTI JOIN (FROM stored_event_links WHERE is_decided) AS t ON e.reading = t.reading AND e.event = t.event
UNION
SELECT t.reading, t.event
FROM stored_event_links AS t
INNER JOIN current_readings AS c ON t.reading = c.reading
ANTI JOIN decided_events AS d ON c.report = d.report AND t.event = d.event
WHERE t.is_decided

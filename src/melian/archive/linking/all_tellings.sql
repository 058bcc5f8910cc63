-- What is known of every event, and which are new?
SELECT t.*, false AS is_fresh
FROM stored_tellings AS t
SEMI JOIN live_events AS e ON t.reading = e.reading AND t.event = e.event
ANTI JOIN fresh_events AS f ON t.reading = f.reading AND t.event = f.event
UNION ALL BY NAME
SELECT t.*, true AS is_fresh FROM fresh_tellings AS t

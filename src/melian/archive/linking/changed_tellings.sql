-- Which tellings came, or came or went once more?
SELECT node FROM fresh_tellings
UNION
SELECT node FROM stored_event_links SEMI JOIN gone_readings USING (reading)
UNION
SELECT node FROM stored_event_links SEMI JOIN fresh_events USING (reading, event)

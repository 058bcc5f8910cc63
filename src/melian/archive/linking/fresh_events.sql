-- Which events are to be looked at: those of new readings, and those about which a decision was made or taken back?
SELECT e.reading, e.event
FROM live_events AS e
LEFT JOIN stored_tellings AS t ON e.reading = t.reading AND e.event = t.event
LEFT JOIN decided_events AS d ON e.report = d.report AND e.event = d.event
WHERE t.event IS NULL OR t.is_decided <> (d.event IS NOT NULL)

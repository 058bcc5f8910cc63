-- How do these two reports tell what may be one event?
FROM lines
WHERE (report = $report AND event = $event) OR (report = $with_report AND event = $with_event)

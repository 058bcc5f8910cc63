-- Which events of reports are one happening, in whose voice, how surely, and why? None where nothing has been linked.
SELECT l.linked, l.report, l.event, v.voice, l.score, l.reason, l.with_report, l.with_event
FROM links AS l
INNER JOIN stored_event_links AS s USING (reading, event)
INNER JOIN voices AS v ON l.reading = v.reading
ORDER BY l.linked, v.published, l.report, l.event

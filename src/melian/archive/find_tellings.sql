-- In which reports is this linked event told, and why are they held for one?
SELECT l.report, l.event, v.outlet, v.published, v.voice, l.score, l.reason, l.with_report, l.with_event, e.standing, e.words
FROM links AS l
INNER JOIN voices AS v USING (reading)
INNER JOIN events AS e ON l.reading = e.reading AND l.event = e.event
WHERE l.linked = $linked
ORDER BY v.published, l.report, l.event

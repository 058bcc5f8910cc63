-- Which linked events have a telling in a report whose records people judged? Each is told again with their corrections.
SELECT l.linked, l.reading, l.event, v.voice
FROM stored_event_links AS l
SEMI JOIN (SELECT linked FROM stored_event_links SEMI JOIN overlaid USING (reading)) AS o USING (linked)
INNER JOIN stored_voice_links AS v ON l.reading = v.reading

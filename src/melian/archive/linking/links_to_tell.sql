-- Of which linked events is something new, and in whose voice is each telling?
SELECT l.linked, l.reading, l.event, v.voice
FROM new_event_links AS l
SEMI JOIN touched_events USING (linked)
INNER JOIN new_voice_links AS v ON l.reading = v.reading

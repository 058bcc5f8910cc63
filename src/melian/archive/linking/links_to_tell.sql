-- Which events of reports, by which voices, are the linked events that may have changed?
SELECT l.linked, l.reading, l.event, v.voice
FROM now_event_links AS l
SEMI JOIN touched_linked AS t ON l.linked = t.linked
INNER JOIN now_voice_links AS v ON l.reading = v.reading

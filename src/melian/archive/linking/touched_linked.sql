-- Which linked events may have changed: in their tellings, or in the voices that tell them?
WITH moved AS (
    SELECT d.reading
    FROM delta_voice_links AS d
    LEFT JOIN stored_voice_links AS s USING (reading)
    WHERE d.gone OR s.voice IS DISTINCT FROM d.voice
)

SELECT linked FROM delta_event_links WHERE NOT gone
UNION
SELECT s.linked
FROM stored_event_links AS s
SEMI JOIN delta_event_links AS d ON s.reading = d.reading AND s.event = d.event
UNION
SELECT linked FROM now_event_links SEMI JOIN moved USING (reading)

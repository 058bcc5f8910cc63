-- Which linked events have changed: in their tellings, or in the voices that tell them?
WITH now AS (
    SELECT l.reading, l.event, l.linked, v.voice
    FROM new_event_links AS l INNER JOIN new_voice_links AS v USING (reading)
),

before AS (
    SELECT l.reading, l.event, l.linked, v.voice
    FROM stored_event_links AS l INNER JOIN stored_voice_links AS v USING (reading)
)

SELECT DISTINCT coalesce(n.linked, b.linked) AS linked
FROM now AS n
FULL JOIN before AS b ON n.reading = b.reading AND n.event = b.event AND n.linked = b.linked AND n.voice = b.voice
WHERE n.linked IS NULL OR b.linked IS NULL

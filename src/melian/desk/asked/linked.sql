-- A page of happenings, each once however many reports tell it, the newest first. Which they are is found before their words
-- are read. The conditions are those of events, and ask for the parties of happenings here.
WITH parties AS (FROM linked_parties),

countries AS (FROM linked_countries),

fitting AS MATERIALIZED (SELECT id FROM linked_events WHERE voices >= $least AND /* conditions */),

page AS MATERIALIZED (SELECT id FROM fitting ORDER BY id LIMIT $count OFFSET $skip)

SELECT *, (SELECT count(*) FROM fitting) AS all
FROM linked_events
WHERE id IN (FROM page)
ORDER BY id

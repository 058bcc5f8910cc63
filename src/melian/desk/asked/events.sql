-- A page of the events that are looked at, the newest first. Which they are is found before their words are read.
WITH page AS MATERIALIZED (
    SELECT id FROM events WHERE /* conditions */ ORDER BY id LIMIT $count OFFSET $skip
)

FROM lines
WHERE id IN (FROM page)
ORDER BY id

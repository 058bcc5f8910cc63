-- A page of the events that are looked at, the newest first. Which they are is found before their words are read.
WITH page AS MATERIALIZED (
    SELECT id FROM events WHERE /* conditions */ ORDER BY id LIMIT $count OFFSET $skip
)

SELECT
    id, report, event, type, modes, quad, intensity, standing, first_day, last_day, date_value, date_precision,
    source_names, source_countries, target_names, target_countries, place, place_country, dead_low, dead_high,
    injured_low, injured_high, outlet, published, words
FROM events
WHERE id IN (FROM page)
ORDER BY id

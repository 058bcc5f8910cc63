-- The newest events between two countries, in both directions.
WITH page AS MATERIALIZED (
    SELECT DISTINCT id
    FROM dyads
    WHERE source IN ($a, $b) AND target IN ($a, $b)
    ORDER BY id
    LIMIT 12
)

SELECT
    id, report, event, type, modes, quad, intensity, standing, first_day, last_day, date_value, date_precision,
    source_names, source_countries, target_names, target_countries, place, place_country, dead_low, dead_high,
    injured_low, injured_high, outlet, published, words
FROM events
WHERE id IN (FROM page)
ORDER BY id

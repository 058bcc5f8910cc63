-- The newest events between two countries, in both directions.
SELECT
    id, report, event, type, modes, quad, intensity, standing, first_day, last_day, date_value, date_precision,
    source_names, source_countries, target_names, target_countries, place, place_country, dead_low, dead_high,
    injured_low, injured_high, outlet, published, words
FROM events
WHERE id IN (SELECT id FROM dyads WHERE (source = $a AND target = $b) OR (source = $b AND target = $a))
ORDER BY id
LIMIT 30

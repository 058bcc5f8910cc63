-- Which events of other reports are of the same type, day and countries? They may be the same happening, or not.
SELECT
    o.id, o.report, o.event, o.type, o.modes, o.quad, o.intensity, o.standing, o.first_day, o.last_day, o.date_value,
    o.date_precision, o.source_names, o.source_countries, o.target_names, o.target_countries, o.place, o.place_country,
    o.dead_low, o.dead_high, o.injured_low, o.injured_high, o.outlet, o.published, o.words
FROM events AS e
INNER JOIN events AS o
    ON e.type = o.type AND e.first_day = o.first_day AND e.last_day = o.last_day AND e.report <> o.report
        AND e.source_countries = o.source_countries AND e.target_countries = o.target_countries
WHERE e.report = $report AND e.event = $event AND len(e.source_countries) > 0
ORDER BY o.published, o.report
LIMIT 20

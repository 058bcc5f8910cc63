-- How do the reports tell this happening?
SELECT
    e.id, e.report, e.event, e.type, e.modes, e.quad, e.intensity, e.standing, e.first_day, e.last_day, e.date_value,
    e.date_precision, e.source_names, e.source_countries, e.target_names, e.target_countries, e.place, e.place_country,
    e.dead_low, e.dead_high, e.injured_low, e.injured_high, e.outlet, e.published, e.words
FROM events AS e
INNER JOIN links AS l USING (report, event)
WHERE l.linked = $linked
ORDER BY e.published, e.report, e.event
LIMIT $count

-- Which country did what to which? One row an event of a report and pair of countries; see pairs.
SELECT
    p.reading, p.report, p.event, p.source, p.target, p.type, p.quad, p.intensity, p.first_day, p.last_day,
    p.date_precision, p.standing, p.source_names, p.target_names, r.outlet, r.published
FROM told_pairs AS p
INNER JOIN live_reports AS r USING (reading)

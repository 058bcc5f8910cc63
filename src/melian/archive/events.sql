-- What happened, when, where, and according to whom (standing)? One row an event of a report.
SELECT
    e.*,
    s.standing,
    r.outlet,
    r.published
FROM live_events AS e
INNER JOIN standing AS s USING (reading, event)
INNER JOIN reports AS r USING (reading)

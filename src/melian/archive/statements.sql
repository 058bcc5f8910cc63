-- Who said what? One row a statement, with the outlet and day of its report.
SELECT
    s.*,
    r.outlet,
    r.published
FROM live_statements AS s
INNER JOIN reports AS r USING (reading)

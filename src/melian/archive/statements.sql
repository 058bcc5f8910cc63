-- Who said what? One row a statement, with the outlet and day of its report.
SELECT
    s.*,
    m.corrected,
    r.outlet,
    r.published
FROM live_statements AS s
INNER JOIN reports AS r USING (reading)
LEFT JOIN marks AS m ON m.kind = 'statement' AND m.reading = s.reading AND m.record = s.statement

-- What became of every reading that was ever made and not yet compacted away?
SELECT
    r.* EXCLUDE (exact),
    CASE
        WHEN c.reading = r.reading THEN 'current'
        WHEN r.reading < gone.before THEN 'removed'
        ELSE 'superseded'
    END AS state
FROM all_readings AS r
LEFT JOIN current_readings AS c USING (report)
LEFT JOIN (SELECT report, max(before) AS before FROM removals GROUP BY report) AS gone USING (report)

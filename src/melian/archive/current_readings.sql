-- Which reading of each report counts? The newest, unless its report was removed after it was read.
SELECT r.report, max(r.reading) AS reading
FROM all_readings AS r
LEFT JOIN (SELECT report, max(before) AS before FROM removals GROUP BY report) AS gone USING (report)
WHERE gone.before IS NULL OR r.reading >= gone.before
GROUP BY r.report

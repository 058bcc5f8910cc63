-- In which reports is this happening disputed, and by which of their disputes?
SELECT d.report, d.dispute, d.outlet, d.proposition
FROM disputes AS d
INNER JOIN links AS l ON d.report = l.report AND d.event = l.event
WHERE d.linked IS NULL AND l.linked = $linked AND d.kind = $kind
ORDER BY d.published, d.report, d.dispute
LIMIT 50

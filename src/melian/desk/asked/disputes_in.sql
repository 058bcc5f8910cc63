-- In which reports is this happening disputed, and by which of their disputes?
SELECT
    d.report, d.dispute, d.event, d.kind, d.type, d.asserted_by, d.denied_by, d.proposition, d.outlet, d.published,
    count(*) OVER () AS all
FROM disputes AS d
INNER JOIN links AS l ON d.report = l.report AND d.event = l.event
WHERE l.linked = $linked AND d.kind = $kind
ORDER BY d.published, d.report, d.dispute
LIMIT 50

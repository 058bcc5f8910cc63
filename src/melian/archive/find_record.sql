-- Which records have this id, or one that begins so?
WITH records AS (
    SELECT reading, report, 'report' AS kind, report AS id FROM live_reports
    UNION ALL
    SELECT reading, report, 'event', event FROM live_events
    UNION ALL
    SELECT reading, report, 'statement', statement FROM live_statements
    UNION ALL
    SELECT reading, report, 'dispute', dispute FROM live_disputes
    UNION ALL
    SELECT reading, report, 'claim', claim FROM live_claims
    UNION ALL
    SELECT reading, report, 'actor', actor FROM live_actors
    UNION ALL
    SELECT NULL, first_report, 'linked event', linked FROM linked_events
)

SELECT reading, report, kind, id
FROM records
WHERE starts_with(id, $id) AND ($report::VARCHAR IS NULL OR report = $report)
ORDER BY id <> $id, kind <> 'report', report, id
LIMIT 20

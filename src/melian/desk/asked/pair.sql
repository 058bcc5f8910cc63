-- How do these two reports tell what may be one event?
WITH ends AS (
    SELECT id FROM keys WHERE report = $report AND event = $event
    UNION
    SELECT id FROM keys WHERE report = $with_report AND event = $with_event
)

FROM lines
WHERE id IN (FROM ends)
ORDER BY published, report, event

-- Which disputes is the machine least sure of? As sure as of the statement of either side that it is least sure of.
WITH holders AS (SELECT reading, dispute, unnest(holders) AS statement FROM sides),

surest AS (
    SELECT h.reading, h.dispute, min(s.confidence) AS confidence
    FROM holders AS h
    INNER JOIN live_statements AS s USING (reading, statement)
    GROUP BY h.reading, h.dispute
)

SELECT d.report, d.dispute AS record, coalesce(s.confidence, 0.5) AS confidence
FROM disputes AS d
LEFT JOIN surest AS s USING (reading, dispute)
ORDER BY coalesce(s.confidence, 0.5), d.report, d.dispute
LIMIT $count OFFSET $start

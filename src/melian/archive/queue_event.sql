-- Which events is the machine least sure of? Those come first to a reviewer.
SELECT report, event AS record, confidence
FROM live_events
ORDER BY confidence, report, event
LIMIT $count OFFSET $start

-- Which statements is the machine least sure of? Those come first to a reviewer.
SELECT report, statement AS record, confidence
FROM live_statements
ORDER BY confidence, report, statement
LIMIT $count OFFSET $start

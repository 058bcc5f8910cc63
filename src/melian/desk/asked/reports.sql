-- A page of the reports that hold the words that were looked for, the newest first.
SELECT report, title, outlet, published, characters, count(*) OVER () AS all
FROM reports
WHERE ($outlet = '' OR outlet = $outlet) AND ($found::VARCHAR IS NULL OR id IN (FROM numbers($found)))
ORDER BY id
LIMIT $count OFFSET $skip

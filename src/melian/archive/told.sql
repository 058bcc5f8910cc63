-- What happened, and according to whom, without what stands beside it in the report?
-- Standing is stored with the events; it is worked out where people corrected the report, and in shards of earlier versions.
SELECT e.* REPLACE (coalesce(e.standing, w.standing) AS standing)
FROM live_events AS e
LEFT JOIN worked_out AS w USING (reading, event)

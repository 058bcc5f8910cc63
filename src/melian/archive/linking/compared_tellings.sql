-- Which tellings are compared: those that changed, and those that are near them in time, as they were known before?
SELECT t.*, c.node IS NOT NULL AS is_fresh
FROM (
    SELECT t.* REPLACE (e.node AS node)
    FROM near_tellings AS t
    INNER JOIN near_events AS e ON t.reading = e.reading AND t.event = e.event
    UNION ALL BY NAME
    FROM fresh_tellings
) AS t
LEFT JOIN changed_event_nodes AS c USING (node)

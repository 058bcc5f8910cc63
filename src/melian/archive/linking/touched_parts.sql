-- Which groups may have changed: those that a new pair reaches, that lost a telling, or that a hand has judged?
SELECT DISTINCT g.part
FROM stored_event_groups AS g
LEFT JOIN nodes AS n ON g.node = n.node
WHERE
    n.node IS NULL
    OR g.node IN (SELECT one FROM fresh_event_pairs UNION ALL SELECT other FROM fresh_event_pairs)
    OR g.node IN (SELECT node FROM all_tellings WHERE is_decided)

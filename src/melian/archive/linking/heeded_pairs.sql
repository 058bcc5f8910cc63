-- Which pairs do the nodes stand in that may belong elsewhere? Who got a node of its own keeps the pairs of the one it shared.
WITH moved AS (
    SELECT DISTINCT node AS was, node FROM kept_tellings SEMI JOIN changed_event_nodes USING (node)
    UNION ALL
    SELECT was, node FROM fresh_tellings
),

spread AS (
    SELECT coalesce(a.node, p.one) AS one, coalesce(b.node, p.other) AS other, p.score, p.reason
    FROM stored_event_pairs AS p
    LEFT JOIN moved AS a ON p.one = a.was
    LEFT JOIN moved AS b ON p.other = b.was
    WHERE a.node IS NOT NULL OR b.node IS NOT NULL
    UNION ALL
    SELECT a.node, b.node, 1.0, 'the same words'
    FROM moved AS a
    INNER JOIN moved AS b ON a.was = b.was AND a.node < b.node
)

SELECT least(one, other) AS one, greatest(one, other) AS other, max(score) AS score, arg_max(reason, score) AS reason
FROM spread
GROUP BY ALL

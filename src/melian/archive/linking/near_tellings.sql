-- Which tellings can be of one event with those that changed, by the days on which they are looked for?
WITH fresh_times AS (
    SELECT DISTINCT unnest(times_of(t.begins, t.ends, t.grain, w.block_days)) AS time
    FROM (
        SELECT begins, ends, grain FROM fresh_tellings
        UNION ALL
        SELECT begins, ends, grain FROM kept_tellings SEMI JOIN changed_event_nodes USING (node)
    ) AS t
    CROSS JOIN weights AS w
),

near AS (
    SELECT k.*
    FROM kept_tellings AS k
    CROSS JOIN weights AS w
    CROSS JOIN (SELECT list(time) AS times FROM fresh_times) AS f
    WHERE list_has_any(times_of(k.begins, k.ends, k.grain, w.block_days), f.times)
)

SELECT t.*, c.node IS NOT NULL AS is_fresh
FROM (FROM near UNION ALL BY NAME FROM fresh_tellings) AS t
LEFT JOIN changed_event_nodes AS c USING (node)

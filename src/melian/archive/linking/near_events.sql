-- Which kept tellings can be of one event with those that changed, by the days on which they are looked for?
WITH fresh_times AS (
    SELECT DISTINCT unnest(times_of(t.begins, t.ends, t.grain, w.block_days)) AS time
    FROM (
        SELECT begins, ends, grain FROM fresh_tellings
        UNION ALL
        SELECT t.begins, t.ends, t.grain
        FROM telling_times AS t
        SEMI JOIN (FROM kept_tellings SEMI JOIN changed_event_nodes USING (node)) AS k
            ON t.reading = k.reading AND t.event = k.event
    ) AS t
    CROSS JOIN weights AS w
)

SELECT k.reading, k.event, k.node
FROM kept_tellings AS k
INNER JOIN telling_times AS t ON k.reading = t.reading AND k.event = t.event
CROSS JOIN weights AS w
CROSS JOIN (SELECT list(time) AS times FROM fresh_times) AS f
WHERE list_has_any(times_of(t.begins, t.ends, t.grain, w.block_days), f.times)

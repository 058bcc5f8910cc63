-- Which texts can be copies of those that changed, by the days of their reports?
WITH texts AS (
    SELECT node, published FROM kept_texts
    UNION ALL
    SELECT node, published FROM fresh_voice_texts
),

spans AS (SELECT node, min(published) AS first_day, max(published) AS last_day FROM texts GROUP BY node),

bounds AS (
    SELECT min(s.first_day) AS first_day, max(s.last_day) AS last_day, count(*) > count(s.first_day) AS is_open
    FROM spans AS s SEMI JOIN changed_voice_nodes USING (node)
),

near AS (
    SELECT s.node
    FROM spans AS s
    CROSS JOIN bounds AS b
    CROSS JOIN weights AS w
    WHERE
        b.is_open OR s.first_day IS NULL
        OR (s.first_day <= b.last_day + w.copied_days::INT AND s.last_day >= b.first_day - w.copied_days::INT)
)

SELECT t.node, t.reading, t.published, t.is_short, c.node IS NOT NULL AS is_fresh
FROM (
    SELECT node, reading, published, is_short FROM kept_texts SEMI JOIN near USING (node)
    UNION ALL
    SELECT node, reading, published, is_short FROM fresh_voice_texts
) AS t
LEFT JOIN changed_voice_nodes AS c USING (node)

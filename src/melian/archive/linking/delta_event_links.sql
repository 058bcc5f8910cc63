-- To which linked event does each event of a report belong, how surely, and why?
WITH grouped AS (
    SELECT t.*, coalesce(g.chosen, t.node) AS chosen
    FROM (
        FROM kept_tellings
        UNION ALL
        SELECT reading, report, event, node, is_decided FROM fresh_tellings
    ) AS t
    SEMI JOIN touched_event_nodes AS n ON t.node = n.node
    LEFT JOIN fresh_event_groups AS g ON t.node = g.node
),

named AS (
    SELECT chosen, 'l' || substr(md5(min(report || chr(31) || event)), 1, 12) AS linked, count(DISTINCT node) AS nodes
    FROM grouped
    GROUP BY chosen
),

firsts AS (
    SELECT
        node,
        chosen,
        count(*) AS times,
        min((report, event)) AS least,
        max((report, event)) AS greatest
    FROM grouped
    GROUP BY node, chosen
),

near AS (
    SELECT one AS node, other, score, reason FROM event_pairs_to_group
    UNION ALL
    SELECT other, one, score, reason FROM event_pairs_to_group
),

best AS (
    SELECT
        n.node,
        max(n.score) AS score,
        arg_max(n.reason, (n.score, n.other)) AS reason,
        arg_max(o.least, (n.score, n.other)) AS companion
    FROM near AS n
    INNER JOIN firsts AS f ON n.node = f.node
    INNER JOIN firsts AS o ON n.other = o.node AND f.chosen = o.chosen
    GROUP BY n.node
)

SELECT
    g.reading,
    g.event,
    g.node,
    g.is_decided,
    n.linked,
    CASE WHEN f.times > 1 THEN 1.0 WHEN b.score IS NULL AND n.nodes > 1 THEN 1.0 ELSE b.score END AS score,
    CASE
        WHEN f.times > 1 THEN 'the same words'
        WHEN b.score IS NULL AND n.nodes > 1 THEN 'by hand'
        ELSE b.reason
    END AS reason,
    CASE
        WHEN f.times > 1
            THEN CASE WHEN f.least = (g.report, g.event) THEN f.greatest[1] ELSE f.least[1] END
        ELSE b.companion[1]
    END AS with_report,
    CASE
        WHEN f.times > 1
            THEN CASE WHEN f.least = (g.report, g.event) THEN f.greatest[2] ELSE f.least[2] END
        ELSE b.companion[2]
    END AS with_event,
    false AS gone
FROM grouped AS g
INNER JOIN named AS n USING (chosen)
INNER JOIN firsts AS f ON g.node = f.node AND g.chosen = f.chosen
LEFT JOIN best AS b ON g.node = b.node
UNION ALL BY NAME
SELECT reading, event, true AS gone FROM stored_event_links SEMI JOIN gone_readings USING (reading)

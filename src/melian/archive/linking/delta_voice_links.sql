-- To which voice does each report belong, how surely, and why? A voice is named after its first report.
WITH grouped AS (
    SELECT t.reading, t.report, t.published, t.node, coalesce(g.chosen, t.node) AS chosen
    FROM (
        SELECT reading, report, published, node FROM kept_texts
        UNION ALL
        SELECT reading, report, published, node FROM fresh_voice_texts
    ) AS t
    SEMI JOIN touched_voice_nodes AS n ON t.node = n.node
    LEFT JOIN fresh_voice_groups AS g ON t.node = g.node
),

first_told AS (
    SELECT
        chosen,
        arg_min(report, (coalesce(published, DATE '9999-12-31'), report)) AS first_report,
        min(report) AS least_report
    FROM grouped
    GROUP BY chosen
),

near AS (
    SELECT one AS node, other, score, reason FROM voice_pairs_to_group
    UNION ALL
    SELECT other, one, score, reason FROM voice_pairs_to_group
),

best AS (
    SELECT
        n.node,
        arg_max(n.reason, (n.score, n.other)) AS reason,
        max(n.score) AS score,
        arg_max(o.report, (n.score, n.other)) AS with_report
    FROM near AS n
    INNER JOIN grouped AS g ON n.node = g.node
    INNER JOIN (SELECT node, chosen, min(report) AS report FROM grouped GROUP BY node, chosen) AS o
        ON n.other = o.node AND g.chosen = o.chosen
    GROUP BY n.node
),

same AS (SELECT node, min(report) AS report, max(report) AS other, count(*) AS times FROM grouped GROUP BY node)

SELECT
    g.reading,
    g.report,
    'v' || substr(md5(f.least_report), 1, 12) AS voice,
    CASE WHEN s.times > 1 THEN 1.0 ELSE b.score END AS score,
    CASE
        WHEN s.times > 1 THEN 'the same words'
        WHEN b.reason IS NULL AND f.least_report <> g.report THEN 'by hand'
        ELSE b.reason
    END AS reason,
    CASE
        WHEN s.times > 1 THEN CASE WHEN s.report = g.report THEN s.other ELSE s.report END
        WHEN b.reason IS NULL AND f.least_report <> g.report THEN f.first_report
        ELSE b.with_report
    END AS with_report,
    false AS gone
FROM grouped AS g
INNER JOIN first_told AS f USING (chosen)
INNER JOIN same AS s ON g.node = s.node
LEFT JOIN best AS b ON g.node = b.node
UNION ALL BY NAME
SELECT reading, true AS gone FROM gone_readings

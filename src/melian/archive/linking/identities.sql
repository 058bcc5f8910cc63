-- Which names of the archive are one actor, and why?
-- A name that stands alone has the identity that it gives; it and a full name that is the name itself are left empty.
WITH grouped AS (SELECT n.*, coalesce(g.chosen, n.node) AS chosen FROM names AS n LEFT JOIN name_groups AS g USING (node)),

named AS (
    SELECT
        chosen,
        'i' || substr(md5(min(folded || chr(31) || coalesce(country, ''))), 1, 12) AS identity,
        arg_max(name, (len(name), reports, name)) FILTER (WHERE kind = 'person') AS full_person,
        arg_max(name, (reports, name)) AS usual,
        count(*) AS names
    FROM grouped
    GROUP BY chosen
),

best AS (
    SELECT node, max(score) AS score, arg_max(reason, score) AS reason
    FROM (SELECT one AS node, score, reason FROM name_pairs UNION ALL SELECT other, score, reason FROM name_pairs)
    GROUP BY node
)

SELECT
    g.name,
    g.kind,
    g.country,
    CASE WHEN n.names > 1 THEN n.identity END AS identity,
    nullif(coalesce(n.full_person, n.usual), g.name) AS full_name,
    g.reports,
    CASE WHEN n.names > 1 THEN coalesce(b.score, 1.0) END AS score,
    CASE WHEN n.names > 1 THEN coalesce(b.reason, 'by hand') END AS reason
FROM grouped AS g
INNER JOIN named AS n USING (chosen)
LEFT JOIN best AS b USING (node)

-- Under which names do actors stand in the archive, and in how many reports?
SELECT
    a.name,
    a.country,
    mode(a.kind) AS kind,
    hash(a.name, a.country) AS node,
    folded(a.name) AS folded,
    count(DISTINCT a.report) AS reports
FROM actors AS a
WHERE NOT a.unnamed
GROUP BY a.name, a.country

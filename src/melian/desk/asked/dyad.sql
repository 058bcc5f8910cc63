-- What passed between two countries, period by period, direction and quad class?
SELECT
    source, target, date_trunc($unit, coalesce(first_day, last_day))::DATE AS period, quad, count(*) AS events,
    count(*) FILTER (WHERE standing = 'disputed') AS disputed,
    count(*) FILTER (WHERE standing IN ('asserted', 'claimed')) AS held,
    round(avg(intensity), 2) AS mean_intensity
FROM dyads
WHERE source IN ($a, $b) AND target IN ($a, $b)
GROUP BY ALL
ORDER BY period, source, quad

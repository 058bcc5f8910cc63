-- The newest events between two countries, in both directions.
WITH page AS MATERIALIZED (
    SELECT DISTINCT id
    FROM dyads
    WHERE source IN ($a, $b) AND target IN ($a, $b)
    ORDER BY id
    LIMIT 12
)

FROM lines
WHERE id IN (FROM page)
ORDER BY id

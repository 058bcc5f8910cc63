-- How much of each quad class passed between two countries, each linked event once, day by day (or week, or month)?
-- An event whose date is not known to the day (week, month) is not counted.
-- Conflict and cooperation are sums of intensity, below and above zero, of what is asserted, claimed or disputed.
SELECT
    source,
    target,
    CAST(date_trunc(unit, first_day) AS DATE) AS period,
    quad,
    count(*) AS linked_events,
    count(*) FILTER (WHERE standing = 'asserted') AS asserted,
    count(*) FILTER (WHERE standing = 'claimed') AS claimed,
    count(*) FILTER (WHERE standing = 'disputed') AS disputed,
    count(*) FILTER (WHERE standing = 'denied') AS denied,
    count(*) FILTER (WHERE standing = 'foreseen') AS foreseen,
    sum(reports)::BIGINT AS reports,
    sum(voices)::BIGINT AS voices,
    coalesce(sum(-intensity) FILTER (WHERE intensity < 0 AND standing NOT IN ('denied', 'foreseen')), 0) AS conflict,
    coalesce(sum(intensity) FILTER (WHERE intensity > 0 AND standing NOT IN ('denied', 'foreseen')), 0) AS cooperation
FROM query_table(pairs)
WHERE date_trunc(unit, first_day) = date_trunc(unit, last_day)
GROUP BY source, target, period, quad

-- How much of each quad class passed between two countries, day by day (or week, or month), and according to whom?
-- An event whose date is not known to the day (week, month) is not counted. It counts once a report that tells it.
SELECT
    source,
    target,
    CAST(date_trunc(unit, first_day) AS DATE) AS period,
    quad,
    count(*) AS told,
    count(*) FILTER (WHERE standing = 'asserted') AS asserted,
    count(*) FILTER (WHERE standing = 'claimed') AS claimed,
    count(*) FILTER (WHERE standing = 'disputed') AS disputed,
    count(*) FILTER (WHERE standing = 'denied') AS denied,
    count(*) FILTER (WHERE standing = 'foreseen') AS foreseen,
    count(DISTINCT reading) AS reports,
    avg(intensity) AS mean_intensity
FROM query_table(pairs)
WHERE date_trunc(unit, first_day) = date_trunc(unit, last_day)
GROUP BY source, target, period, quad

-- Which reports are one voice, of those that fit the filters? Days are those of the report.
SELECT
    v.*,
    count(*) OVER (PARTITION BY v.voice) AS copies
FROM voices AS v
WHERE
    ($first::DATE IS NULL OR v.published >= $first)
    AND ($last::DATE IS NULL OR v.published <= $last)
    AND ($outlet::VARCHAR IS NULL OR lower(v.outlet) = lower($outlet))
ORDER BY copies DESC, v.voice, v.published, v.report
LIMIT $limit::BIGINT

-- What passed between countries, period by period, each linked event once, of those that fit the filters? See linked_dyads_by.
WITH chosen AS (
    SELECT d.*
    FROM linked_dyads AS d
    WHERE
        ($first::DATE IS NULL OR d.last_day >= $first)
        AND ($last::DATE IS NULL OR d.first_day <= $last)
        AND ($source::VARCHAR IS NULL OR d.source = upper($source) OR are_named($source, [], d.source_names))
        AND ($target::VARCHAR IS NULL OR d.target = upper($target) OR are_named($target, [], d.target_names))
        AND ($type::VARCHAR IS NULL OR d.type = $type)
        AND (
            coalesce($outlet::VARCHAR, $said_by::VARCHAR) IS NULL
            OR EXISTS (
                SELECT 1 FROM linked_accounts AS a
                WHERE
                    a.linked = d.linked
                    -- Said again, so that accounts are not gathered where nobody is asked for.
                    AND coalesce($outlet::VARCHAR, $said_by::VARCHAR) IS NOT NULL
                    AND ($outlet::VARCHAR IS NULL OR lower(a.outlet) = lower($outlet))
                    AND ($said_by::VARCHAR IS NULL OR is_named($said_by, a.holder_country, a.holder_name))
            )
        )
        AND date_trunc($unit, d.first_day) = date_trunc($unit, d.last_day)
)

SELECT
    source,
    target,
    CAST(date_trunc($unit, first_day) AS DATE) AS period,
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
FROM chosen
GROUP BY source, target, period, quad
ORDER BY period, source, target, quad
LIMIT $limit::BIGINT

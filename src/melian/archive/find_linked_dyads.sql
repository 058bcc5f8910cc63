-- What passed between countries, period by period, each linked event once, of those that fit the filters? See linked_dyads_by.
WITH dated AS (
    -- What nothing dates stands on the day of its report where that is wanted.
    SELECT * REPLACE (
        CASE WHEN $undated AND first_day IS NULL AND last_day IS NULL THEN first_published ELSE first_day END AS first_day,
        CASE WHEN $undated AND first_day IS NULL AND last_day IS NULL THEN first_published ELSE last_day END AS last_day
    )
    FROM linked_dyads
),

chosen AS (
    SELECT d.*
    FROM dated AS d
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
)

FROM linked_dyads_by($unit, 'chosen')
ORDER BY period, source, target, quad
LIMIT $limit::BIGINT

-- Which linked events fit the filters? Each happening once, with how many voices tell it.
SELECT e.*
FROM linked_events AS e
WHERE
    ($first::DATE IS NULL OR coalesce(e.last_day, e.first_day) >= $first)
    AND ($last::DATE IS NULL OR coalesce(e.first_day, e.last_day) <= $last)
    AND ($source::VARCHAR IS NULL OR are_named($source, e.source_countries, e.source_names))
    AND ($target::VARCHAR IS NULL OR are_named($target, e.target_countries, e.target_names))
    AND ($type::VARCHAR IS NULL OR e.type = $type)
    AND (
        coalesce($outlet::VARCHAR, $said_by::VARCHAR) IS NULL
        OR EXISTS (
            SELECT 1 FROM linked_accounts AS a
            WHERE
                a.linked = e.linked
                -- Said again, so that accounts are not gathered where nobody is asked for.
                AND coalesce($outlet::VARCHAR, $said_by::VARCHAR) IS NOT NULL
                AND ($outlet::VARCHAR IS NULL OR lower(a.outlet) = lower($outlet))
                AND ($said_by::VARCHAR IS NULL OR is_named($said_by, a.holder_country, a.holder_name))
        )
    )
ORDER BY coalesce(e.first_day, e.last_day, e.first_published), e.linked
LIMIT $limit::BIGINT

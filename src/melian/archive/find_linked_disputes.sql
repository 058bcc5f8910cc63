-- Which disputes between reports fit the filters? Days are those on which it was first told.
SELECT d.*
FROM linked_disputes AS d
WHERE
    ($first::DATE IS NULL OR d.first_told >= $first)
    AND ($last::DATE IS NULL OR d.first_told <= $last)
    AND ($source::VARCHAR IS NULL OR are_named($source, d.source_countries, d.source_names))
    AND ($target::VARCHAR IS NULL OR are_named($target, d.target_countries, d.target_names))
    AND ($type::VARCHAR IS NULL OR d.type = $type)
    AND (
        coalesce($outlet::VARCHAR, $said_by::VARCHAR) IS NULL
        OR EXISTS (
            SELECT 1 FROM linked_accounts AS a
            WHERE
                a.linked = d.linked
                AND ($outlet::VARCHAR IS NULL OR lower(a.outlet) = lower($outlet))
                AND ($said_by::VARCHAR IS NULL OR is_named($said_by, a.holder_country, a.holder_name))
        )
    )
ORDER BY d.first_told, d.linked, d.kind
LIMIT $limit::BIGINT

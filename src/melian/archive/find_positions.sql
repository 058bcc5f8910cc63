-- Who said what of which linked event, report by report, of what fits the filters? Days are those of the report.
SELECT p.*
FROM positions AS p
INNER JOIN linked_events AS e USING (linked)
WHERE
    ($first::DATE IS NULL OR p.published >= $first)
    AND ($last::DATE IS NULL OR p.published <= $last)
    AND ($source::VARCHAR IS NULL OR are_named($source, e.source_countries, e.source_names))
    AND ($target::VARCHAR IS NULL OR are_named($target, e.target_countries, e.target_names))
    AND ($type::VARCHAR IS NULL OR p.type = $type)
    AND ($outlet::VARCHAR IS NULL OR lower(p.outlet) = lower($outlet))
    AND ($said_by::VARCHAR IS NULL OR is_named($said_by, p.holder_country, p.holder_name))
ORDER BY coalesce(e.first_day, e.first_published), p.linked, p.published, p.report, p.identity
LIMIT $limit::BIGINT

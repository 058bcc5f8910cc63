-- Which demands fit the filters, and what answered them?
SELECT d.*
FROM demands AS d
WHERE
    ($first::DATE IS NULL OR d.day >= $first)
    AND ($last::DATE IS NULL OR d.day <= $last)
    AND ($source::VARCHAR IS NULL OR d.source = upper($source) OR are_named($source, [], d.source_names))
    AND ($target::VARCHAR IS NULL OR d.target = upper($target) OR are_named($target, [], d.target_names))
ORDER BY d.day, d.linked, d.source, d.target
LIMIT $limit::BIGINT

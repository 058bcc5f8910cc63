-- Who accuses whom, of what fits the filters?
SELECT a.*
FROM accusations AS a
WHERE
    ($first::DATE IS NULL OR a.last_day >= $first)
    AND ($last::DATE IS NULL OR a.first_day <= $last)
    AND ($source::VARCHAR IS NULL OR a.source = upper($source))
    AND ($target::VARCHAR IS NULL OR a.target = upper($target))
ORDER BY a.accusations DESC, a.source, a.target
LIMIT $limit::BIGINT

-- A page of happenings, each once however many reports tell it, the newest first.
SELECT
    l.*, f.report, f.event, count(*) OVER () AS all
FROM linked_events AS l
INNER JOIN (SELECT linked, min((report, event)) AS first, first[1] AS report, first[2] AS event FROM links GROUP BY linked) AS f
    USING (linked)
WHERE
    ($type = '' OR l.type = $type)
    AND ($standing = '' OR l.standing = $standing)
    AND ($source = '' OR list_contains(l.source_countries, $source)
        OR list_has_any(l.source_names, (SELECT list(name) FROM called($source))))
    AND ($target = '' OR list_contains(l.target_countries, $target)
        OR list_has_any(l.target_names, (SELECT list(name) FROM called($target))))
    AND ($first::DATE IS NULL OR coalesce(l.last_day, l.first_day) >= $first)
    AND ($last::DATE IS NULL OR coalesce(l.first_day, l.last_day) <= $last)
    AND ($least = 1 OR l.voices >= $least)
ORDER BY l.id
LIMIT $count OFFSET $skip

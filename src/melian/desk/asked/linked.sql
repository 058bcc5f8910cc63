-- A page of happenings, each once however many reports tell it, the newest first. Which they are is found before their words
-- are read.
WITH fitting AS MATERIALIZED (
    SELECT l.id
    FROM linked_events AS l
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
),

page AS MATERIALIZED (SELECT id FROM fitting ORDER BY id LIMIT $count OFFSET $skip)

SELECT l.*, (SELECT count(*) FROM fitting) AS all
FROM linked_events AS l
WHERE l.id IN (FROM page)
ORDER BY l.id

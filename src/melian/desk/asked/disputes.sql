-- A page of disputes, of single reports or between them, the newest first. Which they are is found before their words are read.
WITH fitting AS MATERIALIZED (
    SELECT id
    FROM disputes
    WHERE
        (linked IS NOT NULL) = $across
        AND ($linked = '' OR linked = $linked)
        AND ($kind = '' OR kind = $kind)
        AND contains(searched, lower($q))
),

page AS MATERIALIZED (SELECT id FROM fitting ORDER BY id LIMIT $count OFFSET $skip)

SELECT * EXCLUDE (id, searched), (SELECT count(*) FROM fitting) AS all
FROM disputes
WHERE id IN (FROM page)
ORDER BY id

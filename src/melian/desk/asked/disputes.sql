-- A page of disputes, the newest first. Which they are is found before their words are read.
WITH fitting AS MATERIALIZED (
    SELECT id
    FROM disputes
    WHERE ($kind = '' OR kind = $kind) AND ($outlet = '' OR outlet = $outlet) AND contains(searched, lower($q))
),

page AS MATERIALIZED (SELECT id FROM fitting ORDER BY id LIMIT $count OFFSET $skip)

SELECT
    report, dispute, event, kind, type, asserted_by, denied_by, proposition, outlet, published,
    (SELECT count(*) FROM fitting) AS all
FROM disputes
WHERE id IN (FROM page)
ORDER BY id

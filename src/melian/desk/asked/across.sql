-- A page of what is disputed between the reports, what was told last first. Which it is is found before words are read.
WITH fitting AS MATERIALIZED (
    SELECT id
    FROM linked_disputes
    WHERE ($linked = '' OR linked = $linked) AND ($kind = '' OR kind = $kind) AND contains(searched, lower($q))
),

page AS MATERIALIZED (SELECT id FROM fitting ORDER BY id LIMIT $count OFFSET $skip)

SELECT
    linked, report, event, kind, type, source_names, target_names, asserted_by, denied_by, not_said_by,
    asserting_voices, denying_voices, first_told, first_told_by, first_outlet, is_settled, settled_on, reports, voices,
    proposition, (SELECT count(*) FROM fitting) AS all
FROM linked_disputes
WHERE id IN (FROM page)
ORDER BY id

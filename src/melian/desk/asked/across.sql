-- A page of what is disputed between the reports, what was told last first.
SELECT
    linked, report, event, kind, type, source_names, target_names, asserted_by, denied_by, not_said_by,
    asserting_voices, denying_voices, first_told, first_told_by, first_outlet, is_settled, settled_on, reports, voices,
    proposition, count(*) OVER () AS all
FROM linked_disputes
WHERE ($linked = '' OR linked = $linked) AND ($kind = '' OR kind = $kind)
    AND ($q = '' OR contains(lower(proposition), lower($q))
        OR len(list_filter(list_concat(asserted_by, denied_by), lambda name: contains(lower(name), lower($q)))) > 0)
ORDER BY first_told DESC NULLS LAST, linked, kind
LIMIT $count OFFSET $skip

-- A page of disputes, the newest first.
SELECT report, dispute, event, kind, type, asserted_by, denied_by, proposition, outlet, published, count(*) OVER () AS all
FROM disputes
WHERE ($kind = '' OR kind = $kind) AND ($outlet = '' OR outlet = $outlet)
    AND ($q = '' OR contains(lower(proposition), lower($q))
        OR len(list_filter(list_concat(asserted_by, denied_by), lambda name: contains(lower(name), lower($q)))) > 0)
ORDER BY published DESC NULLS LAST, report, dispute
LIMIT $count OFFSET $skip

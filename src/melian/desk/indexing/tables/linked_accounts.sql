-- Who asserts, denies or does not say that it happened, of what is told more than once or denied by somebody.
WITH wanted AS (
    SELECT linked FROM links GROUP BY linked HAVING count(*) > 1
    UNION
    SELECT l.linked FROM links AS l INNER JOIN standing AS s USING (reading, event) WHERE s.standing = 'disputed'
)

SELECT
    linked, report, event, claim, holder, holder_name, holder_country, holder_label, identity, stance, voice, outlet,
    published, words
FROM linked_accounts
SEMI JOIN wanted USING (linked)
SEMI JOIN stored_linked_events USING (linked)
ORDER BY linked, published, report, claim

-- What is disputed between the reports, with a report and an event of it by which it is found again.
WITH firsts AS (
    SELECT linked, min((report, event)) AS first
    FROM links
    SEMI JOIN stored_linked_events USING (linked)
    GROUP BY linked
)

SELECT d.*, f.first[1] AS report, f.first[2] AS event
FROM linked_disputes AS d
INNER JOIN firsts AS f USING (linked)
ORDER BY d.first_told DESC NULLS LAST, d.linked, d.kind

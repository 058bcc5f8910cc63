-- Every happening once, with a report and an event of it by which it is found again, the newest first: the id is its place in that order.
WITH firsts AS (
    SELECT linked, min((report, event)) AS first
    FROM links
    SEMI JOIN stored_linked_events USING (linked)
    GROUP BY linked
)

SELECT
    row_number() OVER (
        ORDER BY
            coalesce(CASE WHEN date_precision IN ('day', 'week', 'month') THEN last_day END, first_published)
                DESC NULLS LAST,
            first_day DESC NULLS LAST, linked
    )::INTEGER AS id, e.*, f.first[1] AS report, f.first[2] AS event
FROM linked_events AS e
INNER JOIN firsts AS f USING (linked)
ORDER BY id

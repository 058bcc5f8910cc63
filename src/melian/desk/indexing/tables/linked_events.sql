-- Every happening once, the newest first: the id is its place in that order.
SELECT
    row_number() OVER (
        ORDER BY
            coalesce(CASE WHEN date_precision IN ('day', 'week', 'month') THEN last_day END, first_published)
                DESC NULLS LAST,
            first_day DESC NULLS LAST, linked
    )::INTEGER AS id, *
FROM linked_events
ORDER BY id

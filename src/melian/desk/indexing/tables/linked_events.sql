-- Every happening once, the newest first: the id is its place in that order.
SELECT
    row_number() OVER (ORDER BY coalesce(last_day, first_day, first_published) DESC NULLS LAST, linked)::INTEGER AS id, *
FROM linked_events
ORDER BY id

-- From when to when do the events go that are looked at, and how many have no day?
SELECT
    min(coalesce(first_day, last_day)) AS first, max(coalesce(first_day, last_day)) AS last,
    count(*) FILTER (WHERE coalesce(first_day, last_day) IS NULL) AS without
FROM events
WHERE /* conditions */

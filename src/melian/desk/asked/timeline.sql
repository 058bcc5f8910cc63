-- How many of the events that are looked at fall in each period, by quad class?
SELECT date_trunc($unit, coalesce(first_day, last_day))::DATE AS period, quad, count(*) AS events
FROM events
WHERE coalesce(first_day, last_day) IS NOT NULL AND /* conditions */
GROUP BY period, quad
ORDER BY period, quad

-- How many of the events that are looked at have each value, facet by facet; the dozen most frequent of each.
WITH chosen AS MATERIALIZED (
    SELECT id, type, standing, place_country, outlet, year(coalesce(first_day, last_day))::VARCHAR AS year
    FROM events
    WHERE /* conditions */
),

plain AS (
    SELECT
        CASE
            WHEN grouping(type) = 0 THEN 'type'
            WHEN grouping(standing) = 0 THEN 'standing'
            WHEN grouping(place_country) = 0 THEN 'country'
            WHEN grouping(outlet) = 0 THEN 'outlet'
            WHEN grouping(year) = 0 THEN 'between'
            ELSE 'all'
        END AS facet,
        coalesce(type, standing, place_country, outlet, year) AS value,
        count(*) AS events
    FROM chosen
    GROUP BY GROUPING SETS ((type), (standing), (place_country), (outlet), (year), ())
),

sided AS (
    SELECT side AS facet, country AS value, count(*) AS events
    FROM countries SEMI JOIN chosen USING (id)
    GROUP BY side, country
),

held AS (
    SELECT 'holder' AS facet, name AS value, count(DISTINCT id) AS events
    FROM voices SEMI JOIN chosen USING (id)
    WHERE name <> 'the report'
    GROUP BY name
)

SELECT facet, value, events
FROM (FROM plain UNION ALL FROM sided UNION ALL FROM held)
WHERE facet = 'all' OR value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY events DESC, value) <= 12
ORDER BY facet, events DESC, value

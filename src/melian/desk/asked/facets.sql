-- How many of the events that are looked at have each value, facet by facet; the dozen most frequent of each.
WITH chosen AS MATERIALIZED (
    SELECT
        type, standing, place_country, place, outlet, year(coalesce(first_day, last_day)) AS year, source_countries,
        target_countries, holders
    FROM events
    WHERE /* conditions */
),

counted AS (
    SELECT 'all' AS facet, NULL AS value, count(*) AS events FROM chosen
    UNION ALL
    SELECT 'type', type::VARCHAR, count(*) FROM chosen GROUP BY type
    UNION ALL
    SELECT 'standing', standing::VARCHAR, count(*) FROM chosen GROUP BY standing
    UNION ALL
    SELECT 'country', place_country::VARCHAR, count(*) FROM chosen GROUP BY place_country
    UNION ALL
    SELECT 'at', place::VARCHAR, count(*) FROM chosen GROUP BY place
    UNION ALL
    SELECT 'outlet', outlet::VARCHAR, count(*) FROM chosen GROUP BY outlet
    UNION ALL
    SELECT 'between', year::VARCHAR, count(*) FROM chosen GROUP BY year
    UNION ALL
    SELECT 'source', code::VARCHAR, count(*) FROM (SELECT unnest(source_countries) AS code FROM chosen) GROUP BY code
    UNION ALL
    SELECT 'target', code::VARCHAR, count(*) FROM (SELECT unnest(target_countries) AS code FROM chosen) GROUP BY code
    UNION ALL
    SELECT 'holder', name, count(*) FROM (SELECT unnest(holders) AS name FROM chosen) GROUP BY name
)

SELECT facet, value, events
FROM counted
WHERE facet = 'all' OR value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY events DESC, value) <= 12
ORDER BY facet, events DESC, value

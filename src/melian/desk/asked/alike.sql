-- Which events of other reports are of the same type, day and countries? They may be the same happening, or not.
WITH this AS MATERIALIZED (
    SELECT type, first_day, last_day, source_countries, target_countries
    FROM events
    WHERE id = $id AND len(source_countries) > 0
),

page AS MATERIALIZED (
    SELECT o.id
    FROM events AS o
    INNER JOIN this AS t
        ON o.type = t.type AND o.first_day = t.first_day AND o.last_day = t.last_day
            AND o.source_countries = t.source_countries AND o.target_countries = t.target_countries
    WHERE o.report <> $report
    ORDER BY o.id
    LIMIT 20
)

FROM lines
WHERE id IN (FROM page)
ORDER BY published, report

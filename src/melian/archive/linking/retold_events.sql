-- What is each linked event, taken from all its tellings? What most voices tell stands; standing heeds every one.
-- A denial in words of a denial ("rejected as untrue that …") counts as one, though its claim commits nobody.
WITH rejected AS (
    SELECT DISTINCT c.reading, c.event
    FROM live_claims AS c
    INNER JOIN live_statements AS s ON c.reading = s.reading AND c.holder = s.statement
    WHERE s.act = 'deny' AND c.certainty = 'uncommitted'
),

told AS (
    SELECT l.linked, l.voice, r.event IS NOT NULL AND e.type <> 'ACCUSE' AS is_rejected, e.*
    FROM links_to_tell AS l
    INNER JOIN events AS e ON l.reading = e.reading AND l.event = e.event
    LEFT JOIN rejected AS r ON e.reading = r.reading AND e.event = r.event
),

retold AS (
    SELECT
        linked,
        mode(type ORDER BY type) AS type,
        list_sort(list_distinct(flatten(list(modes)))) AS modes,
        mode(quad ORDER BY quad) AS quad,
        avg(intensity) AS intensity,
        coalesce(mode(source_countries ORDER BY source_countries) FILTER (WHERE len(source_countries) > 0), []) AS source_countries,
        coalesce(mode(source_names ORDER BY source_names) FILTER (WHERE len(source_names) > 0), []) AS source_names,
        coalesce(mode(target_countries ORDER BY target_countries) FILTER (WHERE len(target_countries) > 0), []) AS target_countries,
        coalesce(mode(target_names ORDER BY target_names) FILTER (WHERE len(target_names) > 0), []) AS target_names,
        arg_min(first_day, (last_day - first_day, first_day)) AS first_day,
        arg_min(last_day, (last_day - first_day, first_day)) AS last_day,
        arg_min(date_precision, (last_day - first_day, first_day)) AS date_precision,
        mode(place ORDER BY place) FILTER (WHERE place IS NOT NULL) AS place,
        mode(place_country ORDER BY place_country) FILTER (WHERE place IS NOT NULL) AS place_country,
        mode(geonameid ORDER BY geonameid) FILTER (WHERE place IS NOT NULL) AS geonameid,
        CASE
            WHEN bool_or(standing = 'disputed') THEN 'disputed'
            WHEN bool_or(standing IN ('asserted', 'claimed')) AND bool_or(standing = 'denied' OR is_rejected) THEN 'disputed'
            WHEN bool_or(standing = 'asserted') THEN 'asserted'
            WHEN bool_or(standing = 'claimed') THEN 'claimed'
            WHEN bool_or(standing = 'denied') THEN 'denied'
            ELSE 'foreseen'
        END AS standing,
        count(DISTINCT report) AS reports,
        count(DISTINCT voice) AS voices,
        count(DISTINCT outlet) AS outlets,
        min(published) AS first_published,
        arg_min(report, (coalesce(published, DATE '9999-12-31'), report)) AS first_report,
        arg_min(outlet, (coalesce(published, DATE '9999-12-31'), report)) AS first_outlet,
        -- Where one telling has no end ("at least 11", "up to 20"), all of them together have none there.
        CASE WHEN NOT bool_or(dead_low IS NULL AND dead_high IS NOT NULL) THEN min(dead_low) END AS dead_low,
        CASE WHEN NOT bool_or(dead_high IS NULL AND dead_low IS NOT NULL) THEN max(dead_high) END AS dead_high,
        arg_min(
            {'reading': reading, 'start': sentence_start, 'length': sentence_length},
            (coalesce(published, DATE '9999-12-31'), report, sentence_start)
        ) FILTER (WHERE sentence_start IS NOT NULL) AS sentence
    FROM told
    GROUP BY linked
)

SELECT
    * EXCLUDE (sentence), sentence.reading AS words_reading, sentence.start AS words_start, sentence.length AS words_length
FROM retold

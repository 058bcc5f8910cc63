-- What is known of each new event by which it could be known again in another report?
-- `begins` and `ends` enclose when it happened; where the report gives no day, the days before the report.
-- Events of which everything is alike, as in reprints, share a node; an event that a hand has judged has its own.
-- A party is a country; a body, group or person of none stands under its own name.
WITH sided AS (
    SELECT e.reading, e.event, true AS is_source, unnest(e.sources) AS actor
    FROM live_events AS e SEMI JOIN fresh_events USING (reading, event)
    UNION ALL
    SELECT e.reading, e.event, false, unnest(e.targets)
    FROM live_events AS e SEMI JOIN fresh_events USING (reading, event)
),

parties AS (
    SELECT s.reading, s.event, s.is_source, coalesce(a.country, lower(a.name)) AS party
    FROM sided AS s
    INNER JOIN actors AS a USING (reading, actor)
    WHERE a.country IS NOT NULL OR (NOT a.unnamed AND a.kind IN ('organisation', 'group', 'person'))
),

sides AS (
    SELECT
        reading,
        event,
        list_sort(list_distinct(list(party) FILTER (WHERE is_source))) AS sources,
        list_sort(list_distinct(list(party) FILTER (WHERE NOT is_source))) AS targets
    FROM parties
    GROUP BY reading, event
),

told AS (
    SELECT
        e.reading,
        e.report,
        e.event,
        e.type,
        coalesce(p.sources, []) AS sources,
        coalesce(p.targets, []) AS targets,
        coalesce(e.first_day, e.last_day) IS NOT NULL AS is_dated,
        CASE WHEN e.date_precision IN ('month', 'season', 'year') THEN e.date_precision ELSE 'day' END AS grain,
        coalesce(e.first_day, e.last_day, r.published - w.unsaid_days::INT) AS begins,
        coalesce(e.last_day, e.first_day, r.published) AS ends,
        CASE WHEN e.place_precision NOT IN ('country', 'region') THEN e.geonameid END AS place,
        CASE WHEN e.place_precision IN ('site', 'city', 'district') THEN e.lat END AS lat,
        CASE WHEN e.place_precision IN ('site', 'city', 'district') THEN e.lon END AS lon,
        coalesce(t.names, []) AS names,
        coalesce(t.words, []) AS words,
        coalesce(t.triggers, []) AS triggers,
        coalesce(c.context, []) AS context,
        NULL::UBIGINT[] AS sketch,
        d.report IS NOT NULL AS is_decided
    FROM live_events AS e
    SEMI JOIN fresh_events AS f ON e.reading = f.reading AND e.event = f.event
    INNER JOIN reports AS r ON e.reading = r.reading
    CROSS JOIN weights AS w
    LEFT JOIN sides AS p ON e.reading = p.reading AND e.event = p.event
    LEFT JOIN telling_words AS t ON e.reading = t.reading AND e.event = t.event
    LEFT JOIN report_names AS c ON e.reading = c.reading
    LEFT JOIN decided_events AS d ON e.report = d.report AND e.event = d.event
)

SELECT
    *,
    hash(
        type, sources, targets, is_dated, grain, begins, ends, place, names, words, triggers, context, sketch,
        CASE WHEN is_decided THEN report || chr(31) || event END
    ) AS node
FROM told

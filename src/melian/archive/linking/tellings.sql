-- What is known of each event that is looked at by which it could be known again in another report?
-- `begins` and `ends` enclose when it happened; see telling_times.
-- Events of which everything is alike, as in reprints, share a node; an event that a hand has judged has its own.
-- A party is a country; a body, group or person of none stands under its own name.
WITH sided AS (
    SELECT e.reading, e.event, true AS is_source, unnest(e.sources) AS actor
    FROM live_events AS e SEMI JOIN {subject}_events USING (reading, event)
    UNION ALL
    SELECT e.reading, e.event, false, unnest(e.targets)
    FROM live_events AS e SEMI JOIN {subject}_events USING (reading, event)
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
        d.is_dated,
        d.grain,
        d.begins,
        d.ends,
        CASE WHEN e.place_precision NOT IN ('country', 'region') THEN e.geonameid END AS place,
        CASE WHEN e.place_precision IN ('site', 'city', 'district') THEN e.lat END AS lat,
        CASE WHEN e.place_precision IN ('site', 'city', 'district') THEN e.lon END AS lon,
        coalesce(t.names, []) AS names,
        coalesce(t.words, []) AS words,
        coalesce(t.triggers, []) AS triggers,
        coalesce(c.context, []) AS context,
        NULL::UBIGINT[] AS sketch,
        j.report IS NOT NULL AS is_decided
    FROM live_events AS e
    SEMI JOIN {subject}_events AS f ON e.reading = f.reading AND e.event = f.event
    INNER JOIN telling_times AS d ON e.reading = d.reading AND e.event = d.event
    LEFT JOIN sides AS p ON e.reading = p.reading AND e.event = p.event
    LEFT JOIN {subject}_telling_words AS t ON e.reading = t.reading AND e.event = t.event
    LEFT JOIN {subject}_report_names AS c ON e.reading = c.reading
    LEFT JOIN decided_events AS j ON e.report = j.report AND e.event = j.event
)

SELECT
    *,
    hash(
        type, sources, targets, is_dated, grain, begins, ends, place, names, words, triggers, context, sketch,
        CASE WHEN is_decided THEN report || chr(31) || event END
    ) AS node
FROM told

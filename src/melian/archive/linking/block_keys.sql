-- Under which keys is each telling looked for? Two tellings are compared where they share one.
-- A key holds a group of types, some days, and two countries, a place, a name, or a country and a word.
WITH timed AS (
    SELECT
        n.*,
        CASE
            WHEN n.begins IS NULL THEN ['-']
            WHEN n.grain = 'day' AND n.ends - n.begins <= 31 THEN list_transform(
                range(
                    floor((epoch(n.begins) / 86400 - 1) / w.block_days)::BIGINT,
                    floor((epoch(n.ends) / 86400 + 1) / w.block_days)::BIGINT + 1
                ),
                lambda block: block::VARCHAR
            )
            ELSE [n.grain || year(n.begins)]
        END AS times
    FROM nodes AS n
    CROSS JOIN weights AS w
),

-- What is far in time from all that is new need not be looked for.
fresh_times AS (SELECT unnest(times) AS time FROM timed WHERE is_fresh),

marked AS (
    SELECT
        node,
        is_fresh,
        type,
        times,
        flatten(list_transform(parties, lambda one: list_transform(
            list_filter(parties, lambda other: one < other), lambda other: one || other
        ))) AS dyads,
        CASE WHEN place IS NULL THEN [] ELSE [place::VARCHAR] END AS places,
        names,
        CASE
            WHEN len(parties) = 1
                THEN list_transform(list_concat(words, triggers), lambda word: parties[1] || word)
            WHEN len(parties) = 0 THEN list_concat(words, triggers)
            ELSE []
        END AS phrases
    FROM timed
    WHERE is_fresh OR list_has_any(times, (SELECT list(DISTINCT time) FROM fresh_times))
),

spread AS (
    SELECT node, is_fresh, type, times, unnest(list_concat(dyads, places, names, phrases)) AS what FROM marked
),

dated AS (SELECT node, is_fresh, type, what, unnest(times) AS time FROM spread)

SELECT DISTINCT hash(k.id, d.what, d.time) AS key, d.node, d.is_fresh
FROM dated AS d
INNER JOIN kin_types AS k ON list_contains(k.types, d.type)

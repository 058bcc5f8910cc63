-- Under which keys is each telling looked for? Two tellings are compared where they share one.
-- A key holds a group of types, some days, and two countries, a place, a name, or a country and a word.
WITH timed AS (
    SELECT
        n.*,
        times_of(n.begins, n.ends, n.grain, w.block_days) AS times
    FROM nodes AS n
    CROSS JOIN weights AS w
),

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
),

spread AS (
    SELECT node, is_fresh, type, times, unnest(list_concat(dyads, places, names, phrases)) AS what FROM marked
),

dated AS (SELECT node, is_fresh, type, what, unnest(times) AS time FROM spread)

SELECT DISTINCT hash(k.id, d.what, d.time) AS key, d.node, d.is_fresh
FROM dated AS d
INNER JOIN kin_types AS k ON list_contains(k.types, d.type)

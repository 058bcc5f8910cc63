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
    SELECT node, type, times, unnest(list_concat(dyads, places, names, phrases)) AS what FROM marked
),

dated AS (SELECT node, type, what, unnest(times) AS time FROM spread),

keyed AS (
    SELECT DISTINCT hash(k.id, d.what, d.time) AS key, d.node
    FROM dated AS d
    INNER JOIN kin_types AS k ON list_contains(k.types, d.type)
)

-- What shows at once that most pairs of a key cannot be one event stands beside the key: lists of parties as 64 signs,
-- which have none in common only where the lists have none.
SELECT
    y.key,
    n.node,
    n.is_fresh,
    n.is_source_country,
    n.is_target_country,
    list_reduce(list_transform(n.sources, lambda party: 1::UBIGINT << (hash(party) % 64)), lambda a, b: a | b, 0::UBIGINT)
        AS source_signs,
    list_reduce(list_transform(n.targets, lambda party: 1::UBIGINT << (hash(party) % 64)), lambda a, b: a | b, 0::UBIGINT)
        AS target_signs,
    len(n.targets) = 0 AND len(n.sources) > 1 AS is_mutual,
    n.is_dated,
    n.begins,
    n.ends,
    n.place
FROM keyed AS y
INNER JOIN nodes AS n USING (node)

-- How surely is each pair of tellings of one event, and what speaks for it? One part of the pairs: those whose first node is of it.
WITH highest AS MATERIALIZED (
    SELECT
        start + greatest(same_type, kin_type) + greatest(same_trigger, 0)
        + greatest(0, shared_name * most_names) + greatest(0, shared_word * most_words) + greatest(0, no_shared_word)
        + greatest(0, shared_context * most_context) + greatest(0, one_report)
        + CASE WHEN EXISTS (SELECT 1 FROM nodes WHERE sketch IS NOT NULL) THEN abs(likeness) ELSE 0 END AS rest,
        greatest(same_parties, other_parties) AS parties,
        greatest(same_source, other_parties, 0) AS source,
        greatest(same_target, other_targets, 0) AS target,
        greatest(near_time, same_day, same_time, next_day, other_time, 0) AS time,
        greatest(near_time, same_time, next_day, other_time, 0) AS other_time,
        greatest(same_place, 0) AS place,
        greatest(other_place, 0) AS other_place,
        -- A hair less, so that rounding tells no pair apart.
        ln(threshold / (1 - threshold)) - 0.001 AS least
    FROM weights
),

firsts AS MATERIALIZED (SELECT k.* FROM block_keys AS k CROSS JOIN part AS p WHERE k.node % p.parts = p.number),

-- Nearly all that share a key are told apart at once, by parties, days and places, whatever words they have in common.
candidates AS (
    SELECT DISTINCT a.node AS one, b.node AS other
    FROM firsts AS a
    INNER JOIN block_keys AS b ON a.key = b.key AND a.node < b.node
    CROSS JOIN highest AS h
    CROSS JOIN weights AS w
    WHERE
        (a.is_fresh OR b.is_fresh)
        AND h.rest
        + CASE
            WHEN a.is_mutual OR b.is_mutual THEN h.parties
            ELSE
                CASE
                    WHEN
                        a.source_signs & b.source_signs = 0 AND a.source_signs > 0 AND b.source_signs > 0
                        AND a.is_source_country = b.is_source_country
                        THEN w.other_parties
                    ELSE h.source
                END
                + CASE
                    WHEN
                        a.target_signs & b.target_signs = 0 AND a.target_signs > 0 AND b.target_signs > 0
                        AND a.is_target_country = b.is_target_country
                        THEN w.other_targets
                    ELSE h.target
                END
        END
        + CASE
            WHEN a.is_dated AND b.is_dated AND greatest(a.begins, b.begins) - least(a.ends, b.ends) > 1 THEN w.other_time
            WHEN a.begins = b.begins AND a.ends = b.ends THEN h.time
            ELSE h.other_time
        END
        + CASE WHEN a.place = b.place THEN h.place ELSE h.other_place END
        >= h.least
),

-- What is quickly compared, and the most that words in common could add to it: hardly a pair gets beyond this.
compared AS (
    SELECT
        c.one,
        c.other,
        a.type = b.type AS is_same_type,
        list_has_any(a.triggers, b.triggers) AS is_same_trigger,
        list_has_any(a.sources, b.sources) AS is_same_source,
        list_has_any(a.targets, b.targets) AS is_same_target,
        len(a.sources) > 0 AND len(b.sources) > 0
        AND a.is_source_country = b.is_source_country AS has_sources,
        len(a.targets) > 0 AND len(b.targets) > 0
        AND a.is_target_country = b.is_target_country AS has_targets,
        (len(a.targets) = 0 AND len(a.sources) > 1) OR (len(b.targets) = 0 AND len(b.sources) > 1) AS is_mutual,
        list_has_all(a.parties, b.parties) OR list_has_all(b.parties, a.parties) AS is_within,
        a.is_dated AND b.is_dated AS are_dated,
        a.is_dated OR b.is_dated AS is_half_dated,
        greatest(a.begins, b.begins) - least(a.ends, b.ends) AS gap,
        a.begins = b.begins AND a.ends = b.ends AND a.begins = a.ends AS is_same_day,
        coalesce(a.place = b.place, false) AS is_same_place,
        a.place <> b.place AND 111.2 * sqrt(
            pow(a.lat - b.lat, 2) + pow((a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2)), 2)
        ) > w.far_places AS is_far,
        w.start
        + CASE WHEN is_same_type THEN w.same_type ELSE w.kin_type END
        + CASE WHEN is_same_trigger THEN w.same_trigger ELSE 0 END
        + CASE
            WHEN is_mutual THEN CASE WHEN is_within THEN w.same_parties ELSE w.other_parties END
            ELSE
                CASE WHEN is_same_source THEN w.same_source WHEN has_sources THEN w.other_parties ELSE 0 END
                + CASE WHEN is_same_target THEN w.same_target WHEN has_targets THEN w.other_targets ELSE 0 END
        END
        + CASE
            WHEN NOT are_dated THEN CASE WHEN is_half_dated AND gap <= 0 THEN w.near_time ELSE 0 END
            WHEN is_same_day THEN w.same_day
            WHEN gap <= 0 THEN w.same_time
            WHEN gap = 1 THEN w.next_day
            ELSE w.other_time
        END
        + CASE WHEN is_same_place THEN w.same_place WHEN is_far THEN w.other_place ELSE 0 END AS quick,
        greatest(0, w.shared_name * w.most_names) + greatest(0, w.shared_word * w.most_words)
        + greatest(0, w.no_shared_word) + greatest(0, w.shared_context * w.most_context)
        + CASE WHEN a.sketch IS NULL OR b.sketch IS NULL THEN 0 ELSE abs(w.likeness) END
        + greatest(0, w.one_report) AS most
    FROM candidates AS c
    INNER JOIN nodes AS a ON c.one = a.node
    INNER JOIN nodes AS b ON c.other = b.node
    CROSS JOIN weights AS w
    WHERE 1 / (1 + exp(-(quick + most))) >= w.threshold
),

paired AS (
    SELECT
        c.*,
        list_intersect(a.sources, b.sources) AS same_sources,
        list_intersect(a.targets, b.targets) AS same_targets,
        -- The place's own name is counted as the place and not as a word in common again.
        CASE WHEN c.is_same_place THEN 1 ELSE 0 END AS place_names,
        list_intersect(a.names, b.names) AS names,
        list_intersect(list_concat(a.names, a.words), list_concat(b.names, b.words)) AS all_words,
        least(len(a.names) + len(a.words), len(b.names) + len(b.words)) AS least_words,
        len(list_intersect(a.context, b.context)) AS context_names,
        -- Two vectors point as far apart as the share of their signs that differ (Charikar 2002, Similarity estimation).
        coalesce(cos(pi() * (
            bit_count(xor(a.sketch[1], b.sketch[1])) + bit_count(xor(a.sketch[2], b.sketch[2]))
            + bit_count(xor(a.sketch[3], b.sketch[3])) + bit_count(xor(a.sketch[4], b.sketch[4]))
        ) / 256), 0) AS alike,
        a.reading = b.reading AND a.is_of_one_report AND b.is_of_one_report AS is_one_report
    FROM compared AS c
    INNER JOIN nodes AS a ON c.one = a.node
    INNER JOIN nodes AS b ON c.other = b.node
),

weighed AS (
    SELECT
        p.*,
        p.quick
        + w.shared_name * least(w.most_names, greatest(0, len(names) - place_names))
        + w.shared_word * least(w.most_words, len(all_words) - len(names))
        + CASE WHEN least_words > place_names AND len(all_words) <= place_names THEN w.no_shared_word ELSE 0 END
        + w.shared_context * least(w.most_context, context_names)
        + w.likeness * alike
        + CASE WHEN is_one_report THEN w.one_report ELSE 0 END AS logit
    FROM paired AS p
    CROSS JOIN weights AS w
)

SELECT
    one,
    other,
    1 / (1 + exp(-logit)) AS score,
    concat_ws(
        '; ',
        CASE WHEN is_same_type THEN 'same type' ELSE 'kindred types' END,
        CASE WHEN is_same_trigger THEN 'told with one word' END,
        CASE WHEN len(same_sources) > 0 THEN 'same source ' || array_to_string(same_sources, ', ') END,
        CASE WHEN len(same_targets) > 0 THEN 'same target ' || array_to_string(same_targets, ', ') END,
        CASE WHEN are_dated AND is_same_day THEN 'same day' WHEN are_dated AND gap <= 0 THEN 'days overlap' END,
        CASE WHEN is_same_place THEN 'same place' END,
        CASE WHEN w.likeness * alike >= 1 THEN 'alike in context' END,
        CASE WHEN len(all_words) > 0 THEN 'words in common: ' || array_to_string(list_sort(all_words)[:8], ', ') END
    ) AS reason
FROM weighed
CROSS JOIN weights AS w
WHERE 1 / (1 + exp(-logit)) >= w.threshold

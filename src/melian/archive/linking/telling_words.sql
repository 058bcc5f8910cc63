-- In which words does each event that is looked at stand, as stems: names, other words, and those that tell it?
-- Words that say nothing of one event rather than another (countries, days, the words of types) are left out.
WITH told AS (
    SELECT
        m.reading,
        m.event,
        -- A dateline ("NAIROBI, May 6 (Coast Wire) - ") is not part of what happened.
        regexp_replace(strip_accents(m.sentence), '^[A-Z][A-Z''’]{2}[^a-z]*[^-–—]{0,40} [-–—] ', '') AS sentence,
        lower(regexp_extract(strip_accents(m.trigger), '[A-Za-z]{3,}')) AS trigger
    FROM mentions AS m
    SEMI JOIN {subject}_events USING (reading, event)
),

spoken AS (
    SELECT DISTINCT
        reading,
        event,
        unnest(regexp_extract_all(sentence, '[A-Za-z]{3,}')) AS word,
        generate_subscripts(regexp_extract_all(sentence, '[A-Za-z]{3,}'), 1) AS place
    FROM told
),

words AS (
    SELECT
        s.reading,
        s.event,
        list_sort(list_distinct(list(x.stem) FILTER (WHERE s.word[1] <> lower(s.word[1]) AND s.place > 1))) AS names,
        list_sort(list_distinct(list(x.stem))) AS words
    FROM spoken AS s
    INNER JOIN {subject}_stems AS x ON lower(s.word) = x.word
    INNER JOIN live_events AS e ON s.reading = e.reading AND s.event = e.event
    LEFT JOIN type_stems AS y ON e.type = y.type AND x.stem = y.stem
    WHERE NOT x.is_dull AND y.stem IS NULL
    GROUP BY s.reading, s.event
),

triggers AS (
    SELECT t.reading, t.event, list_sort(list_distinct(list(x.stem))) AS triggers
    FROM told AS t
    INNER JOIN {subject}_stems AS x ON t.trigger = x.word
    GROUP BY t.reading, t.event
)

SELECT
    reading,
    event,
    coalesce(w.names, []) AS names,
    coalesce(list_filter(
        w.words,
        lambda word: NOT list_contains(coalesce(w.names, []), word) AND NOT list_contains(coalesce(t.triggers, []), word)
    ), []) AS words,
    coalesce(t.triggers, []) AS triggers
FROM words AS w
FULL JOIN triggers AS t USING (reading, event)

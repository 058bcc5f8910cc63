-- In which words does each new event stand, as stems: names, other words, and those that tell it?
-- Words that say nothing of one event rather than another (countries, days, the words of types) are left out.
WITH sentences AS (
    SELECT
        m.reading,
        m.event,
        -- A dateline ("NAIROBI, May 6 (Coast Wire) - ") is not part of what happened.
        regexp_extract_all(
            strip_accents(string_agg(
                DISTINCT regexp_replace(m.sentence, '^[A-Z][A-Z''’]{2}[^a-z]*[^-–—]{0,40} [-–—] ', ''), ' '
                ORDER BY regexp_replace(m.sentence, '^[A-Z][A-Z''’]{2}[^a-z]*[^-–—]{0,40} [-–—] ', '')
            )),
            '[A-Za-z]{3,}'
        ) AS words,
        list(DISTINCT lower(regexp_extract(strip_accents(m.trigger), '[A-Za-z]{3,}'))) AS triggers
    FROM mentions AS m
    SEMI JOIN fresh_events USING (reading, event)
    GROUP BY m.reading, m.event
),

spoken AS (
    SELECT reading, event, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM sentences
),

words AS (
    SELECT
        s.reading,
        s.event,
        list(DISTINCT x.stem ORDER BY x.stem) FILTER (WHERE s.word[1] <> lower(s.word[1]) AND s.place > 1) AS names,
        list(DISTINCT x.stem ORDER BY x.stem) AS words
    FROM spoken AS s
    INNER JOIN stems AS x ON lower(s.word) = x.word
    INNER JOIN live_events AS e ON s.reading = e.reading AND s.event = e.event
    LEFT JOIN type_stems AS y ON e.type = y.type AND x.stem = y.stem
    WHERE NOT x.is_dull AND y.stem IS NULL
    GROUP BY s.reading, s.event
),

triggers AS (
    SELECT t.reading, t.event, list(DISTINCT x.stem ORDER BY x.stem) AS triggers
    FROM (SELECT reading, event, unnest(triggers) AS word FROM sentences) AS t
    INNER JOIN stems AS x USING (word)
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

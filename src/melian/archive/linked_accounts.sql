-- Who asserts, who denies and who does not say that each linked event happened: by voice, outlet, its country and holder?
-- The report itself is a holder too. One who reports without taking it on himself does not say.
WITH told AS (
    SELECT
        l.linked,
        c.reading,
        c.report,
        c.event,
        c.claim,
        c.holder,
        c.polarity,
        c.certainty,
        c.tense,
        c.words,
        s.act,
        s.speaker,
        coalesce(s.speaker_name, s.speaker_words) AS speaker_name,
        s.speaker_country,
        -- Who rejects an accusation says that it is wrong, and not that it was not made.
        e.type = 'ACCUSE' AND coalesce(list_contains(e.target_countries, s.speaker_country), false) AS is_accused
    FROM claims AS c
    INNER JOIN links AS l ON c.reading = l.reading AND c.event = l.event
    INNER JOIN live_events AS e ON c.reading = e.reading AND c.event = e.event
    LEFT JOIN statements AS s ON c.reading = s.reading AND c.holder = s.statement
    WHERE c.holder = 'author' OR s.statement IS NOT NULL
)

SELECT
    t.linked,
    t.report,
    t.reading,
    t.event,
    t.claim,
    t.holder,
    CASE WHEN t.holder = 'author' THEN coalesce(v.outlet, 'the report') ELSE coalesce(t.speaker_name, 'somebody not named') END
        AS holder_name,
    CASE WHEN t.holder = 'author' THEN v.outlet_country ELSE t.speaker_country END AS holder_country,
    CASE
        WHEN t.holder = 'author' THEN coalesce(v.outlet, 'the report')
        ELSE coalesce(t.speaker_name, 'somebody not named') || coalesce(' (' || t.speaker_country || ')', '')
    END AS holder_label,
    CASE
        WHEN t.holder = 'author' THEN v.voice
        ELSE coalesce(i.identity, lower(t.speaker_name) || ' ' || coalesce(t.speaker_country, ''), t.report || t.holder)
    END AS identity,
    CASE
        WHEN t.is_accused THEN 'not said'
        WHEN t.certainty = 'uncommitted' THEN CASE WHEN t.act = 'deny' THEN 'deny' ELSE 'not said' END
        WHEN t.polarity = 'negative' THEN 'deny'
        WHEN t.tense IN ('past', 'present') THEN 'assert'
        ELSE 'foresee'
    END AS stance,
    t.act,
    v.voice,
    v.outlet,
    v.outlet_country,
    v.published,
    t.words
FROM told AS t
INNER JOIN voices AS v ON t.reading = v.reading
LEFT JOIN identities AS i
    ON t.speaker_name = i.name AND t.speaker_country IS NOT DISTINCT FROM i.country

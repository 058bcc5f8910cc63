-- Who says what of which event? One row a claim, with its event and its holder; the report itself is 'author'.
SELECT
    c.reading,
    c.report,
    c.claim,
    c.event,
    e.type,
    e.quad,
    c.holder,
    s.speaker_name,
    s.speaker_country,
    s.act,
    c.polarity,
    c.certainty,
    c.tense,
    c.words
FROM claims AS c
INNER JOIN live_events AS e USING (reading, event)
LEFT JOIN live_statements AS s ON c.reading = s.reading AND c.holder = s.statement

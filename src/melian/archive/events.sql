-- What happened, when, where, and according to whom (standing)? One row an event of a report.
SELECT
    e.*,
    words_at(r.text, e.sentence_start, e.sentence_length) AS words,
    m.corrected,
    r.outlet,
    r.published
FROM told AS e
INNER JOIN live_reports AS r USING (reading)
LEFT JOIN marks AS m ON m.kind = 'event' AND m.reading = e.reading AND m.record = e.event

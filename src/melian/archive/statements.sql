-- Who said what? One row a statement, with its words, and the outlet and day of its report.
SELECT
    s.* REPLACE (spans_of(s.content) AS content),
    words_at(r.text, s.speaker_start, s.speaker_length) AS speaker_words,
    words_at(r.text, s.cue_start, s.cue_length) AS cue,
    array_to_string(
        list_transform(s.content, lambda span: words_at(r.text, span.start, span.length)), ' '
    ) AS words,
    m.corrected,
    r.outlet,
    r.published
FROM live_statements AS s
INNER JOIN live_reports AS r USING (reading)
LEFT JOIN marks AS m ON m.kind = 'statement' AND m.reading = s.reading AND m.record = s.statement

-- According to whom is each event so? Without a number the holder is the report itself, and without a span it is the event's sentence.
SELECT
    c.* EXCLUDE (event_nth, holder_nth) REPLACE (
        coalesce(c.span_start, e.sentence_start) AS span_start,
        coalesce(c.span_length, e.sentence_length) AS span_length
    ),
    e.event,
    CASE WHEN c.holder_nth IS NULL THEN 'author' ELSE s.statement END AS holder
FROM file_claims AS c
LEFT JOIN kept_events AS e ON c.reading = e.reading AND c.event_nth = e.nth
LEFT JOIN file_statements AS s ON c.reading = s.reading AND c.holder_nth = s.nth

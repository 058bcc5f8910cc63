-- Where is each event told? The sentence that is not written again is the event's own.
SELECT
    m.* EXCLUDE (event_nth) REPLACE (
        coalesce(m.sentence_start, e.sentence_start) AS sentence_start,
        coalesce(m.sentence_length, e.sentence_length) AS sentence_length
    ),
    e.event
FROM file_mentions AS m
LEFT JOIN kept_events AS e ON m.reading = e.reading AND m.event_nth = e.nth

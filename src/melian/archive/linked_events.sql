-- What happened, each event once, however many reports tell it? As of the last linking, with what people corrected since.
SELECT
    e.* EXCLUDE (words_reading, words_start, words_length),
    words_at(r.text, e.words_start, e.words_length) AS words
FROM told_linked_events AS e
LEFT JOIN live_reports AS r ON e.words_reading = r.reading

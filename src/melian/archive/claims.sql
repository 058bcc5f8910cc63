-- Who says of which event that it happened or did not? One row a claim, with its words.
SELECT
    c.* EXCLUDE (span_length),
    c.span_start + c.span_length AS span_end,
    words_at(r.text, c.span_start, c.span_length) AS words
FROM live_claims AS c
INNER JOIN live_reports AS r USING (reading)

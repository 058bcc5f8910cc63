-- In which words is each event told? One row a mention.
SELECT
    m.* EXCLUDE (trigger_length, sentence_length),
    m.trigger_start + m.trigger_length AS trigger_end,
    words_at(r.text, m.trigger_start, m.trigger_length) AS trigger,
    m.sentence_start + m.sentence_length AS sentence_end,
    words_at(r.text, m.sentence_start, m.sentence_length) AS sentence
FROM live_mentions AS m
INNER JOIN live_reports AS r USING (reading)

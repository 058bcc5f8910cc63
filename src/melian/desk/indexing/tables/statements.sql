-- Every statement with its speaker.
SELECT
    row_number() OVER (ORDER BY speaker_name, published DESC, report, statement)::INTEGER AS id,
    reading, report, statement, speaker_name, speaker_country, speaker_sector, act, words, outlet, published
FROM statements
ORDER BY id

-- Who says what of which event: a row a claim, the report's own voice under its outlet.
SELECT
    reading, event, claim, holder, coalesce(speaker_name, CASE WHEN holder = 'author' THEN 'the report' END) AS name,
    speaker_country AS country, act, polarity, certainty, tense
FROM accounts

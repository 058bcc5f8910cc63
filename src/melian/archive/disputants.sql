-- Who stands on which side of each dispute? One row a holder, named as the report names him; no name where the report itself
-- speaks. Where it commits itself to nothing on its side, it stands for others.
WITH placed AS (SELECT reading, report, dispute, place, stance, unnest(holders) AS holder FROM sides),

-- Who is no actor is named by the words that stand for him: "reports", "it".
worded AS (
    SELECT s.reading, s.statement, words_at(r.text, s.speaker_start, s.speaker_length) AS name
    FROM live_statements AS s
    SEMI JOIN placed AS p ON s.reading = p.reading AND s.statement = p.holder
    INNER JOIN live_reports AS r ON s.reading = r.reading
    WHERE s.speaker_name IS NULL AND s.speaker_start IS NOT NULL
),

committed AS (
    SELECT DISTINCT d.reading, d.dispute, d.place
    FROM (SELECT reading, dispute, place, unnest(claims) AS claim FROM sides) AS d
    INNER JOIN live_claims AS c ON d.reading = c.reading AND d.claim = c.claim
    WHERE c.holder = 'author' AND c.certainty <> 'uncommitted'
)

SELECT
    p.reading,
    p.report,
    p.dispute,
    p.stance,
    p.holder,
    CASE
        WHEN p.holder <> 'author' THEN coalesce(s.speaker_name, nullif(trim(w.name), ''), 'somebody not named')
        WHEN c.reading IS NULL THEN 'others not named'
    END AS name,
    s.speaker_country AS country
FROM placed AS p
LEFT JOIN live_statements AS s ON p.reading = s.reading AND p.holder = s.statement
LEFT JOIN worded AS w ON p.reading = w.reading AND p.holder = w.statement
LEFT JOIN committed AS c ON p.reading = c.reading AND p.dispute = c.dispute AND p.place = c.place
WHERE p.holder = 'author' OR s.statement IS NOT NULL

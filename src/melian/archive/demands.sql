-- Which demands were made, what did the other side do next, and which are unanswered?
-- An answer is the first agreement, concession, rejection, help, withdrawal or cooperation from the one asked to the one who asks.
WITH demanded AS (
    SELECT *, coalesce(first_day, first_published) AS day
    FROM linked_dyads
    WHERE type = 'REQUEST' AND standing NOT IN ('denied', 'foreseen')
),

answers AS (
    SELECT *, coalesce(first_day, first_published) AS day
    FROM linked_dyads
    WHERE
        type IN ('AGREE', 'CONCEDE', 'REJECT', 'RETREAT', 'AID', 'COOPERATE', 'SUPPORT')
        AND standing NOT IN ('denied', 'foreseen')
),

answered AS (
    SELECT
        d.linked,
        d.source,
        d.target,
        arg_min(a.linked, (a.day, a.linked)) AS answer,
        arg_min(a.type, (a.day, a.linked)) AS answer_type,
        min(a.day) AS answer_day
    FROM demanded AS d
    CROSS JOIN weights AS w
    INNER JOIN answers AS a
        ON d.source = a.target AND d.target = a.source AND a.day >= d.day AND a.day <= d.day + w.answer_days::INT
    GROUP BY d.linked, d.source, d.target
)

SELECT
    d.linked, d.source, d.target, d.day, d.standing, d.reports, d.voices, a.answer, a.answer_type, a.answer_day,
    a.answer IS NULL AS is_unanswered, d.source_names, d.target_names, d.words
FROM demanded AS d
LEFT JOIN answered AS a USING (linked, source, target)

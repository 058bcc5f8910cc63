-- According to whom did each event happen whose standing is not stored yet?
--   disputed  somebody says that it did and somebody that it did not, or a dispute of facts or blame is about it
--   denied    it is only told as something that did not happen
--   asserted  the report says so in its own name
--   claimed   only others say so
--   foreseen  it is only told as something that may or will happen
WITH asked AS (SELECT reading, event FROM live_events WHERE standing IS NULL),

told AS (
    SELECT
        reading,
        event,
        holder = 'author' AND certainty <> 'uncommitted' AS by_author,
        polarity = 'positive' AS is_so,
        tense IN ('past', 'present') AS has_been,
        certainty <> 'uncommitted' AS is_committed
    FROM live_claims
    SEMI JOIN asked USING (reading, event)
),

summed AS (
    SELECT
        reading,
        event,
        bool_or(is_committed AND is_so) AND bool_or(is_committed AND NOT is_so) AS is_contradicted,
        bool_or(by_author AND is_so AND has_been) AS is_asserted,
        bool_or(is_committed AND is_so AND has_been) AS is_claimed,
        bool_or(is_committed AND NOT is_so) AS is_denied,
        bool_or(is_committed AND is_so) AS is_foreseen,
        bool_or(is_so AND has_been) AS is_retold,
        bool_or(is_so) AS is_told
    FROM told
    GROUP BY reading, event
),

argued AS (
    SELECT DISTINCT reading, about AS event FROM live_disputes WHERE kind IN ('contradiction', 'blame')
)

SELECT
    e.reading,
    e.event,
    CASE
        WHEN s.is_contradicted OR a.event IS NOT NULL THEN 'disputed'
        WHEN s.is_asserted THEN 'asserted'
        WHEN s.is_claimed THEN 'claimed'
        WHEN s.is_denied THEN 'denied'
        WHEN s.is_foreseen THEN 'foreseen'
        WHEN s.is_retold THEN 'claimed'
        WHEN s.is_told THEN 'foreseen'
        WHEN s.event IS NULL THEN 'asserted'
        ELSE 'denied'
    END AS standing
FROM asked AS e
LEFT JOIN summed AS s USING (reading, event)
LEFT JOIN argued AS a USING (reading, event)

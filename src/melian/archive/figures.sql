-- How many dead and injured, according to whom, as time goes on?
-- A toll told by itself ("seven were killed", by nobody) is that of the one attack which its report tells, if it is one.
WITH attacks AS (
    SELECT reading, min(event) AS event
    FROM live_events
    WHERE type = 'ASSAULT' AND len(sources) > 0
    GROUP BY reading
    HAVING count(*) = 1
),

owned AS (
    SELECT e.*, coalesce(a.event, e.event) AS owner
    FROM live_events AS e
    LEFT JOIN attacks AS a ON e.reading = a.reading AND e.type = 'ASSAULT' AND len(e.sources) = 0
),

counts AS (
    SELECT reading, event, owner, 'dead' AS what, dead_low AS low, dead_high AS high FROM owned
    WHERE dead_low IS NOT NULL OR dead_high IS NOT NULL
    UNION ALL
    SELECT reading, event, owner, 'injured', injured_low, injured_high FROM owned
    WHERE injured_low IS NOT NULL OR injured_high IS NOT NULL
),

speakers AS (
    -- The report itself is a speaker only where nobody else is.
    SELECT reading, event, identity, holder_name, holder_label, holder_country
    FROM linked_accounts
    SEMI JOIN counts USING (reading, event)
    WHERE stance IN ('assert', 'deny')
    QUALIFY holder <> 'author' OR NOT bool_or(holder <> 'author') OVER (PARTITION BY reading, event)
)

SELECT DISTINCT
    l.linked, c.what, c.low, c.high,
    CASE
        WHEN c.low = 0 AND c.high = 0 THEN 'none'
        WHEN c.high IS NULL THEN 'at least ' || c.low
        WHEN c.low IS NULL THEN 'at most ' || c.high
        WHEN c.low = c.high THEN c.low::VARCHAR
        ELSE c.low || ' to ' || c.high
    END AS figure,
    coalesce(s.holder_name, v.outlet, 'the report') AS holder_name,
    coalesce(s.holder_label, v.outlet, 'the report') AS holder_label,
    s.holder_country,
    coalesce(s.identity, v.voice) AS identity,
    v.voice, v.outlet, v.outlet_country, v.published, l.report, c.owner AS event
FROM counts AS c
INNER JOIN links AS l ON c.reading = l.reading AND c.owner = l.event
INNER JOIN voices AS v ON c.reading = v.reading
LEFT JOIN speakers AS s ON c.reading = s.reading AND c.event = s.event

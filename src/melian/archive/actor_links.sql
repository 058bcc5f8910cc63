-- Who is each actor of each report? A name leads to its identity; an office alone to the one seen in it about that time.
WITH held AS (
    SELECT a.reading, a.actor, o.identity, o.full_name, o.first_day, o.last_day
    FROM actors AS a
    INNER JOIN reports AS r USING (reading)
    INNER JOIN stored_offices AS o ON lower(a.office) = o.office AND a.country = o.country
    CROSS JOIN weights AS w
    WHERE
        a.kind = 'office'
        AND r.published BETWEEN o.first_day - w.office_days::INT AND o.last_day + w.office_days::INT
        -- One seen on both sides of the day is nearer than one seen on one side of it.
    QUALIFY
        count(*) OVER (PARTITION BY a.reading, a.actor) = 1
        OR (
            r.published BETWEEN o.first_day AND o.last_day
            AND count(*) FILTER (WHERE r.published BETWEEN o.first_day AND o.last_day)
                OVER (PARTITION BY a.reading, a.actor) = 1
        )
)

SELECT
    a.report,
    a.reading,
    a.actor,
    a.name,
    a.country,
    coalesce(h.identity, i.identity) AS identity,
    coalesce(h.full_name, i.full_name, a.name) AS full_name,
    CASE WHEN h.identity IS NOT NULL THEN 0.7 ELSE i.score END AS score,
    CASE
        WHEN h.identity IS NOT NULL THEN 'named in this office from ' || h.first_day || ' to ' || h.last_day
        ELSE i.reason
    END AS reason
FROM actors AS a
LEFT JOIN identities AS i ON a.name = i.name AND a.country IS NOT DISTINCT FROM i.country AND NOT a.unnamed
LEFT JOIN held AS h ON a.reading = h.reading AND a.actor = h.actor

-- Which country did what to which? One row an event and pair of countries; what stays within one country is no dyad.
-- A meeting or an agreement that names its parties and no receiving side goes both ways.
SELECT
    e.reading,
    e.report,
    e.event,
    pair.source,
    pair.target,
    e.type,
    e.quad,
    e.intensity,
    e.first_day,
    e.last_day,
    e.date_precision,
    e.standing,
    e.outlet,
    e.published
FROM events AS e,
    LATERAL (
        SELECT s.source, t.target
        FROM
            unnest(e.source_countries) AS s (source),
            unnest(
                CASE WHEN e.quad <= 2 AND len(e.targets) = 0 THEN e.source_countries ELSE e.target_countries END
            ) AS t (target)
        WHERE s.source <> t.target
    ) AS pair

-- Which country did what to which, each linked event once? What stays within one country is no dyad.
-- A meeting or an agreement that names its parties and no receiving side goes both ways.
WITH sided AS (
    SELECT
        *,
        CASE WHEN quad <= 2 AND len(target_countries) = 0 THEN source_countries ELSE target_countries END AS receiving
    FROM linked_events
),

sources AS (SELECT *, unnest(source_countries) AS source FROM sided),

pairs AS (SELECT *, unnest(receiving) AS target FROM sources)

SELECT
    linked, source, target, type, quad, intensity, first_day, last_day, date_precision, standing, reports, voices,
    source_names, target_names, first_published, first_outlet, words
FROM pairs
WHERE source <> target

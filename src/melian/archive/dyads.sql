-- Which country did what to which? One row an event and pair of countries; what stays within one country is no dyad.
-- A meeting or an agreement that names its parties and no receiving side goes both ways.
WITH sided AS (
    SELECT
        *,
        CASE WHEN quad <= 2 AND len(targets) = 0 THEN source_countries ELSE target_countries END AS receiving
    FROM events
),

sources AS (SELECT *, unnest(source_countries) AS source FROM sided),

pairs AS (SELECT *, unnest(receiving) AS target FROM sources)

SELECT
    reading, report, event, source, target, type, quad, intensity, first_day, last_day, date_precision, standing,
    source_names, target_names, outlet, published
FROM pairs
WHERE source <> target

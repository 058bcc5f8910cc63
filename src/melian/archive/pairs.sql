-- Which country did what to which? One row a happening and pair of countries; what stays within one country is no dyad.
-- A meeting or an agreement that names its parties and no receiving side goes both ways.
WITH sided AS (
    SELECT
        *,
        CASE WHEN quad <= 2 AND len(target_names) = 0 THEN source_countries ELSE target_countries END AS receiving
    FROM {events}
),

sources AS (SELECT *, unnest(source_countries) AS source FROM sided),

pairs AS (SELECT * EXCLUDE (receiving), unnest(receiving) AS target FROM sources)

SELECT *
FROM pairs
WHERE source <> target

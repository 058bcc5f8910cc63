-- Who is named in which office, from which day to which, according to the reports themselves?
SELECT
    lower(a.office) AS office,
    a.country,
    coalesce(i.identity, identity_of(folded(i.name), i.country)) AS identity,
    any_value(coalesce(i.full_name, i.name)) AS full_name,
    min(r.published) AS first_day,
    max(r.published) AS last_day,
    count(DISTINCT a.report) AS reports,
    count(DISTINCT v.voice) AS voices
FROM actors AS a
INNER JOIN reports AS r USING (reading)
INNER JOIN now_identities AS i ON a.name = i.name AND a.country IS NOT DISTINCT FROM i.country
INNER JOIN now_voice_links AS v ON a.reading = v.reading
WHERE a.kind = 'person' AND a.office IS NOT NULL AND r.published IS NOT NULL
GROUP BY lower(a.office), a.country, coalesce(i.identity, identity_of(folded(i.name), i.country))

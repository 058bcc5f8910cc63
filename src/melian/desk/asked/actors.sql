-- Who acts and speaks most, among the names that hold these words?
SELECT
    name, any_value(kind) AS kind, string_agg(DISTINCT country, ', ' ORDER BY country) AS countries,
    string_agg(DISTINCT office, ', ' ORDER BY office) AS offices, sum(reports)::BIGINT AS reports,
    min(first_told) AS first_told, max(last_told) AS last_told
FROM actors
WHERE ($q = '' OR name IN (FROM called($q))) AND ($country = '' OR country = $country)
GROUP BY name
ORDER BY reports DESC, name
LIMIT 100

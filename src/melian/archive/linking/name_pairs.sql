-- Which two names are of one actor?
-- A surname alone, or with other forenames, leads to the one person of that country whose full name ends with it; never where there are two.
WITH people AS (
    SELECT
        node,
        folded,
        country,
        reports,
        string_split(folded, ' ') AS parts,
        string_split(folded, ' ')[-1] AS surname
    FROM names
    WHERE kind = 'person'
),

full_names AS (
    SELECT country, surname, min(node) AS node, count(DISTINCT folded) AS people
    FROM people
    WHERE len(parts) > 1
    GROUP BY country, surname
)

SELECT least(a.node, b.node) AS one, greatest(a.node, b.node) AS other, 0.98 AS score, 'the same name' AS reason
FROM names AS a
INNER JOIN names AS b ON a.folded = b.folded AND a.node <> b.node AND a.country IS NOT DISTINCT FROM b.country
UNION
SELECT least(p.node, f.node), greatest(p.node, f.node), 0.8, 'the only full name with this surname in its country'
FROM people AS p
INNER JOIN full_names AS f ON p.surname = f.surname AND p.country IS NOT DISTINCT FROM f.country
WHERE len(p.parts) = 1 AND f.people = 1

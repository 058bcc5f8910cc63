-- In which country is each outlet at home, as far as the tables know it?
SELECT r.outlet, any_value(o.country) AS country
FROM (SELECT DISTINCT outlet FROM reports WHERE outlet IS NOT NULL) AS r
INNER JOIN outlets AS o ON lower(r.outlet) = o.outlet
GROUP BY r.outlet
HAVING count(DISTINCT o.country) = 1

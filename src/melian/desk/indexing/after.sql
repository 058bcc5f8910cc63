-- What is made from the copied tables: ids in place of the archive's keys, names by side, and counts.
CREATE TABLE dyads AS
SELECT e.id, p.source, p.target, p.type, p.quad, p.intensity, p.first_day, p.last_day, p.standing
FROM pairs AS p INNER JOIN events AS e USING (reading, event)
ORDER BY p.source, p.target, e.id;

DROP TABLE pairs;

CREATE TABLE voices AS
SELECT e.id, h.claim, h.holder, h.name, h.country, h.act, h.polarity, h.certainty, h.tense
FROM holders AS h INNER JOIN events AS e USING (reading, event)
ORDER BY h.name, e.id;

CREATE TABLE told AS
SELECT DISTINCT e.id, s.id AS statement
FROM holders AS h
INNER JOIN events AS e USING (reading, event)
INNER JOIN statements AS s ON h.reading = s.reading AND h.holder = s.statement;

DROP TABLE holders;

CREATE TABLE parties AS
WITH named AS (
    SELECT id, 'source' AS side, unnest(list_distinct(source_names)) AS name FROM events
    UNION ALL
    SELECT id, 'target', unnest(list_distinct(target_names)) FROM events
)

SELECT id, side, name FROM named WHERE name IS NOT NULL ORDER BY name, side, id;

CREATE TABLE countries AS
WITH sided AS (
    SELECT id, 'source' AS side, unnest(list_distinct(source_countries)) AS country FROM events
    UNION ALL
    SELECT id, 'target', unnest(list_distinct(target_countries)) FROM events
)

SELECT id, side, country FROM sided WHERE country IS NOT NULL ORDER BY country, side, id;

CREATE TABLE names AS
SELECT name, ' ' || trim(regexp_replace(lower(strip_accents(name)), '[^\w]+', ' ', 'g')) || ' ' AS folded
FROM (SELECT name FROM parties UNION SELECT name FROM voices UNION SELECT name FROM actors)
WHERE name IS NOT NULL;

CREATE MACRO called(wanted) AS TABLE
SELECT name FROM names
WHERE contains(folded, ' ' || trim(regexp_replace(lower(strip_accents(wanted)), '[^\w]+', ' ', 'g')) || ' ');

CREATE MACRO numbers(listed) AS TABLE
SELECT CAST(unnest(string_split(listed, ',')) AS INTEGER) AS id WHERE listed <> '';

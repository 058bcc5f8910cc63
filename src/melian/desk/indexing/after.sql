-- What is made from the copied tables: ids in place of the archive's keys, names by side, and words that are few as enums,
-- which are counted fastest.
CREATE TYPE country AS ENUM (
    SELECT DISTINCT code FROM (
        SELECT unnest(source_countries) AS code FROM copied
        UNION ALL
        SELECT unnest(target_countries) FROM copied
        UNION ALL
        SELECT place_country FROM copied
    ) WHERE code IS NOT NULL
);

CREATE TYPE outlet AS ENUM (SELECT DISTINCT outlet FROM copied WHERE outlet IS NOT NULL);

CREATE TYPE kind AS ENUM (SELECT DISTINCT type FROM copied);

CREATE TYPE standing AS ENUM ('asserted', 'claimed', 'disputed', 'denied', 'foreseen');

CREATE TABLE events AS
WITH held AS (
    SELECT reading, event, list(DISTINCT name) AS holders
    FROM holders
    WHERE holder <> 'author' AND name IS NOT NULL
    GROUP BY reading, event
)

SELECT
    c.* REPLACE (
        type::kind AS type,
        standing::standing AS standing,
        outlet::outlet AS outlet,
        place_country::country AS place_country,
        list_distinct(source_countries)::country[] AS source_countries,
        list_distinct(target_countries)::country[] AS target_countries
    ),
    h.holders
FROM copied AS c
LEFT JOIN held AS h USING (reading, event)
ORDER BY id;

DROP TABLE copied;

CREATE TABLE dyads AS
SELECT e.id, p.source, p.target, p.type, p.quad, p.intensity, p.first_day, p.last_day, p.standing
FROM pairs AS p INNER JOIN events AS e USING (reading, event)
ORDER BY p.source, p.target, e.id;

CREATE TABLE couples AS
SELECT
    least(source, target) AS a, greatest(source, target) AS b, count(DISTINCT id) AS events,
    count(DISTINCT id) FILTER (WHERE quad <= 2) AS cooperation, count(DISTINCT id) FILTER (WHERE quad >= 3) AS conflict,
    max(first_day) AS last
FROM dyads
GROUP BY ALL;

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
    SELECT id, 'source' AS side, unnest(source_countries) AS country FROM events
    UNION ALL
    SELECT id, 'target', unnest(target_countries) FROM events
)

SELECT id, side, country FROM sided WHERE country IS NOT NULL ORDER BY country, side, id;

-- Disputes in the order in which they are listed, with all in which they are looked for, so that a word is found by one look.
CREATE TABLE ordered AS
SELECT
    row_number() OVER (ORDER BY published DESC NULLS LAST, report, dispute)::INTEGER AS id, *,
    lower(concat_ws(chr(31), proposition, array_to_string(asserted_by, chr(31)), array_to_string(denied_by, chr(31)))) AS searched
FROM disputes
ORDER BY id;

DROP TABLE disputes;

ALTER TABLE ordered RENAME TO disputes;

CREATE TABLE ordered AS
SELECT
    row_number() OVER (ORDER BY first_told DESC NULLS LAST, linked, kind)::INTEGER AS id, *,
    lower(concat_ws(chr(31), proposition, array_to_string(asserted_by, chr(31)), array_to_string(denied_by, chr(31)))) AS searched
FROM linked_disputes
ORDER BY id;

DROP TABLE linked_disputes;

ALTER TABLE ordered RENAME TO linked_disputes;

-- Happenings with what they are narrowed by as enums, as events have it.
CREATE TABLE ordered AS
SELECT
    * REPLACE (
        type::kind AS type,
        standing::standing AS standing,
        source_countries::country[] AS source_countries,
        target_countries::country[] AS target_countries
    )
FROM linked_events
ORDER BY id;

DROP TABLE linked_events;

ALTER TABLE ordered RENAME TO linked_events;

CREATE TABLE names AS
SELECT name, ' ' || trim(regexp_replace(lower(strip_accents(name)), '[^\w]+', ' ', 'g')) || ' ' AS folded
FROM (SELECT name FROM parties UNION SELECT name FROM voices UNION SELECT name FROM actors)
WHERE name IS NOT NULL;

CREATE MACRO called(wanted) AS TABLE
SELECT name FROM names
WHERE contains(folded, ' ' || trim(regexp_replace(lower(strip_accents(wanted)), '[^\w]+', ' ', 'g')) || ' ');

CREATE MACRO numbers(listed) AS TABLE
SELECT CAST(unnest(string_split(listed, ',')) AS INTEGER) AS id WHERE listed <> '';

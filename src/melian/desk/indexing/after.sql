-- What is made from the copied tables: ids in place of the archive's keys, names by side, and words that are few as enums,
-- which are counted fastest.
CREATE TYPE country AS ENUM (
    SELECT DISTINCT code FROM (
        SELECT unnest(source_countries) AS code FROM copied.events
        UNION ALL
        SELECT unnest(target_countries) FROM copied.events
        UNION ALL
        SELECT place_country FROM copied.events
    ) WHERE code IS NOT NULL
);

CREATE TYPE outlet AS ENUM (SELECT DISTINCT outlet FROM copied.events WHERE outlet IS NOT NULL);

CREATE TYPE place AS ENUM (SELECT DISTINCT place FROM copied.events WHERE place IS NOT NULL ORDER BY place);

CREATE TYPE kind AS ENUM (SELECT DISTINCT type FROM copied.events);

CREATE TYPE standing AS ENUM ('asserted', 'claimed', 'disputed', 'denied', 'foreseen');

CREATE TABLE events AS
WITH held AS (
    SELECT reading, event, list(DISTINCT name) AS holders
    FROM copied.holders
    WHERE holder <> 'author' AND name IS NOT NULL
    GROUP BY reading, event
)

SELECT
    c.* REPLACE (
        type::kind AS type,
        standing::standing AS standing,
        outlet::outlet AS outlet,
        place_country::country AS place_country,
        place::place AS place,
        list_distinct(source_countries)::country[] AS source_countries,
        list_distinct(target_countries)::country[] AS target_countries
    ),
    h.holders
FROM copied.events AS c
LEFT JOIN held AS h USING (reading, event)
ORDER BY id;

CREATE TABLE dyads AS
SELECT e.id, p.source, p.target, p.type, p.quad, p.intensity, p.first_day, p.last_day, p.standing
FROM copied.pairs AS p INNER JOIN events AS e USING (reading, event)
ORDER BY p.source, p.target, e.id;

CREATE TABLE couples AS
SELECT
    least(source, target) AS a, greatest(source, target) AS b, count(DISTINCT id) AS events,
    count(DISTINCT id) FILTER (WHERE quad <= 2) AS cooperation, count(DISTINCT id) FILTER (WHERE quad >= 3) AS conflict,
    max(first_day) AS last
FROM dyads
GROUP BY ALL;

CREATE TABLE voices AS
SELECT e.id, h.claim, h.holder, h.name, h.country, h.act, h.polarity, h.certainty, h.tense
FROM copied.holders AS h INNER JOIN events AS e USING (reading, event)
ORDER BY h.name, e.id;

CREATE TABLE told AS
SELECT DISTINCT e.id, s.id AS statement
FROM copied.holders AS h
INNER JOIN events AS e USING (reading, event)
INNER JOIN statements AS s ON h.reading = s.reading AND h.holder = s.statement;

-- Disputes of single reports and, with a happening, those between them, in the order in which they are listed. All in which
-- they are looked for stands in one text, so that a word is found by one look.
CREATE TABLE disputes AS
SELECT
    row_number() OVER (
        ORDER BY linked IS NOT NULL, coalesce(first_told, published) DESC NULLS LAST, linked, report, dispute, kind
    )::INTEGER AS id, *,
    lower(concat_ws(chr(31), proposition, array_to_string(asserted_by, chr(31)), array_to_string(denied_by, chr(31)))) AS searched
FROM (FROM copied.disputes UNION ALL BY NAME FROM copied.linked_disputes)
ORDER BY id;

-- Happenings with what they are narrowed by as enums, as events have it.
CREATE TABLE linked_events AS
SELECT
    * REPLACE (
        type::kind AS type,
        standing::standing AS standing,
        source_countries::country[] AS source_countries,
        target_countries::country[] AS target_countries
    )
FROM copied.linked_events
ORDER BY id;

-- Who stands on which side of events and of happenings, by name and by country.
CREATE MACRO parties_of(told) AS TABLE
WITH named AS (
    SELECT id, 'source' AS side, unnest(list_distinct(source_names)) AS name FROM query_table(told)
    UNION ALL
    SELECT id, 'target', unnest(list_distinct(target_names)) FROM query_table(told)
)

SELECT id, side, name FROM named WHERE name IS NOT NULL ORDER BY name, side, id;

CREATE MACRO countries_of(told) AS TABLE
WITH sided AS (
    SELECT id, 'source' AS side, unnest(list_distinct(source_countries)) AS country FROM query_table(told)
    UNION ALL
    SELECT id, 'target', unnest(list_distinct(target_countries)) FROM query_table(told)
)

SELECT id, side, country FROM sided WHERE country IS NOT NULL ORDER BY country, side, id;

CREATE TABLE parties AS FROM parties_of('events');

CREATE TABLE countries AS FROM countries_of('events');

CREATE TABLE linked_parties AS FROM parties_of('linked_events');

CREATE TABLE linked_countries AS FROM countries_of('linked_events');

-- Links with the id of the event that they lead to.
CREATE TABLE links AS
SELECT l.*, e.id
FROM copied.links AS l
INNER JOIN events AS e USING (report, event)
ORDER BY l.linked, e.published, l.report, l.event;

-- By its report and id, where an event is found among the others: its place, and the happening that it is of.
CREATE TABLE keys AS
SELECT e.report, e.event, e.id, l.linked, h.id AS happening
FROM events AS e
LEFT JOIN copied.links AS l USING (report, event)
LEFT JOIN linked_events AS h USING (linked)
ORDER BY e.report, e.event;

-- Each link once, though each of its two tellings may be the nearest one to the other, the least sure first.
CREATE TABLE link_pairs AS
WITH ended AS (
    SELECT
        list_sort([{'report': report, 'event': event}, {'report': with_report, 'event': with_event}]) AS ends,
        score, reason
    FROM links
    WHERE with_report IS NOT NULL AND score IS NOT NULL
),

paired AS (SELECT ends, max(score) AS score, min(reason) AS reason FROM ended GROUP BY ends)

SELECT
    row_number() OVER (ORDER BY score, ends)::INTEGER AS id,
    ends[1].report AS report, ends[1].event AS event, ends[2].report AS with_report, ends[2].event AS with_event,
    score, reason
FROM paired
ORDER BY id;

CREATE TABLE names AS
SELECT name, ' ' || trim(regexp_replace(lower(strip_accents(name)), '[^\w]+', ' ', 'g')) || ' ' AS folded
FROM (SELECT name FROM parties UNION SELECT name FROM voices UNION SELECT name FROM actors)
WHERE name IS NOT NULL;

CREATE MACRO called(wanted) AS TABLE
SELECT name FROM names
WHERE contains(folded, ' ' || trim(regexp_replace(lower(strip_accents(wanted)), '[^\w]+', ' ', 'g')) || ' ');

CREATE MACRO numbers(listed) AS TABLE
SELECT CAST(unnest(string_split(listed, ',')) AS INTEGER) AS id WHERE listed <> '';

-- What a line of a list shows of an event.
CREATE VIEW lines AS
SELECT
    id, report, event, type, modes, quad, intensity, standing, first_day, last_day, date_value, date_precision,
    source_names, source_countries, target_names, target_countries, place, place_country, dead_low, dead_high,
    injured_low, injured_high, outlet, published, words
FROM events;

DROP MACRO TABLE parties_of;

DROP MACRO TABLE countries_of;

DROP SCHEMA copied CASCADE;

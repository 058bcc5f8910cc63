-- Which words do the events that are looked at and their reports hold, whose stems are needed?
SELECT DISTINCT lower(unnest(regexp_extract_all(strip_accents(m.sentence), '[A-Za-z]{3,}'))) AS word
FROM (SELECT DISTINCT m.sentence FROM mentions AS m SEMI JOIN {subject}_events USING (reading, event)) AS m
UNION
SELECT DISTINCT lower(unnest(regexp_extract_all(strip_accents(r.text), '[a-z,;0-9][”"’)]? ([A-Z][a-z]{2,})', 1)))
FROM reports AS r SEMI JOIN {subject}_events USING (reading)

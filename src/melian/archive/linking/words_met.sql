-- Which words do the sentences of new events hold, whose stems are not known yet?
SELECT DISTINCT lower(unnest(regexp_extract_all(strip_accents(m.sentence), '[A-Za-z]{3,}'))) AS word
FROM (SELECT DISTINCT m.sentence FROM mentions AS m SEMI JOIN fresh_events USING (reading, event)) AS m

-- By which rule or model, and on which rows of knowledge, does each record rest? One row a reason.
-- The record is the one of its kind whose `nth` is `record_nth`; `record` is an id that is none of these.
-- `spans` is NULL where it rests on the record's own words: an actor's first mention, a cue, a trigger, that of a claim's event.
SELECT * REPLACE (spans_of(spans) AS spans)
FROM live_reasons

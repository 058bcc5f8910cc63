-- By which rule or model, and on which rows of knowledge, does each record rest? One row a reason.
-- The record is the one of its kind whose `nth` is `record_nth`; `record` is an id that is none of these.
SELECT * REPLACE (spans_of(spans) AS spans)
FROM live_reasons

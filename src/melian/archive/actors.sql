-- Who has a part in a report, and where is each named? One row an actor of a report.
SELECT * REPLACE (spans_of(mentions) AS mentions)
FROM live_actors

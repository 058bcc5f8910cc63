-- Which id has each record of a reading, by its kind and its place among those of its kind?
SELECT reading, 'actor' AS record_kind, nth AS record_nth, actor AS id FROM live_actors
UNION ALL
SELECT reading, 'statement', nth, statement FROM live_statements
UNION ALL
SELECT reading, 'event', nth, event FROM live_events
UNION ALL
SELECT reading, 'claim', nth, claim FROM live_claims
UNION ALL
SELECT reading, 'dispute', nth, dispute FROM live_disputes

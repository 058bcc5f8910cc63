-- What is each linked event now? What nothing new is told of stays as it was.
SELECT * FROM retold_events
UNION ALL BY NAME
SELECT s.* FROM stored_linked_events AS s ANTI JOIN touched_events USING (linked)

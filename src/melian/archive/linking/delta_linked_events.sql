-- What is each linked event that may have changed now, and which are told no more?
SELECT *, false AS gone FROM retold_events
UNION ALL BY NAME
SELECT s.linked, true AS gone
FROM stored_linked_events AS s
SEMI JOIN touched_linked AS t ON s.linked = t.linked
ANTI JOIN links_to_tell AS l ON s.linked = l.linked

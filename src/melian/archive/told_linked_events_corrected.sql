-- What happened, each event once, and in which sentence of which reading is it told? As of the last linking, with what people corrected since.
SELECT * FROM retold_events
UNION ALL BY NAME
SELECT s.* FROM stored_linked_events AS s ANTI JOIN links_to_tell USING (linked)

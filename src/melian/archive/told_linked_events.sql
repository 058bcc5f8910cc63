-- What happened, each event once, and in which sentence of which reading is it told? As of the last linking.
SELECT * FROM stored_linked_events

-- What happened, each event once, however many reports tell it? As of the last linking.
SELECT * FROM stored_linked_events

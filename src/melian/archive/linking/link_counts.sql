-- How much is linked?
SELECT
    (SELECT count(*) FROM now_voice_texts) AS reports,
    (SELECT count(*) FROM fresh_readings) AS new_reports,
    (SELECT count(DISTINCT voice) FROM now_voice_links) AS voices,
    (SELECT count(*) FROM now_event_links) AS events,
    (SELECT count(*) FROM now_linked_events) AS linked_events

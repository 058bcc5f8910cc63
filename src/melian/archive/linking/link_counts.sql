-- How much is linked?
SELECT
    (SELECT count(*) FROM new_voice_texts) AS reports,
    (SELECT count(*) FROM fresh_readings) AS new_reports,
    (SELECT count(DISTINCT voice) FROM new_voice_links) AS voices,
    (SELECT count(*) FROM new_event_links) AS events,
    (SELECT count(*) FROM new_linked_events) AS linked_events

-- Which nodes may belong elsewhere since people decided? Also those of which a decision was taken back.
SELECT node FROM fresh_tellings
UNION
SELECT was FROM fresh_tellings
UNION
SELECT node FROM stored_event_links WHERE is_decided

-- How much is in the archive?
SELECT
    (SELECT count(*) FROM reports) AS reports,
    (SELECT count(*) FROM all_readings) AS readings,
    (SELECT count(*) FROM history WHERE state = 'superseded') AS superseded,
    (SELECT count(*) FROM history WHERE state = 'removed') AS removed,
    (SELECT count(*) FROM live_events) AS events,
    (SELECT count(*) FROM live_statements) AS statements,
    (SELECT count(*) FROM live_claims) AS claims,
    (SELECT count(*) FROM live_disputes) AS disputes,
    (SELECT count(*) FROM rejects) AS rejects

-- How much is in the archive?
SELECT
    (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM events) AS events,
    (SELECT count(*) FROM statements) AS statements, (SELECT count(*) FROM disputes WHERE linked IS NULL) AS disputes,
    (SELECT count(DISTINCT outlet) FROM reports) AS outlets, (SELECT min(published) FROM reports) AS first,
    (SELECT max(published) FROM reports) AS last

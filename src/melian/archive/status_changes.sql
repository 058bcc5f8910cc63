-- What changed in the reports that were read again? The newest reading against the one before it.
WITH counted AS (
    SELECT
        h.report,
        h.reading,
        row_number() OVER (PARTITION BY h.report ORDER BY h.reading DESC) AS age,
        (SELECT count(*) FROM all_events AS e WHERE e.reading = h.reading) AS events,
        (SELECT count(*) FROM all_statements AS s WHERE s.reading = h.reading) AS statements,
        (SELECT count(*) FROM all_disputes AS d WHERE d.reading = h.reading) AS disputes
    FROM history AS h
    WHERE h.state <> 'removed'
)

SELECT
    count(*) AS reports,
    coalesce(sum(old.events), 0)::BIGINT AS events_before,
    coalesce(sum(new.events), 0)::BIGINT AS events_now,
    coalesce(sum(old.statements), 0)::BIGINT AS statements_before,
    coalesce(sum(new.statements), 0)::BIGINT AS statements_now,
    coalesce(sum(old.disputes), 0)::BIGINT AS disputes_before,
    coalesce(sum(new.disputes), 0)::BIGINT AS disputes_now
FROM counted AS new
INNER JOIN counted AS old ON new.report = old.report AND new.age = 1 AND old.age = 2

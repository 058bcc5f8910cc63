-- What made the readings that count, and those that they replaced?
SELECT
    melian, model, knowledge, settings, code,
    count(*) FILTER (WHERE state = 'current') AS current,
    count(*) FILTER (WHERE state = 'superseded') AS superseded
FROM history
WHERE state <> 'removed'
GROUP BY ALL
ORDER BY max(reading) DESC

-- Which disputes fit the filters? Source, target and type are those of the event that the dispute is about.
WITH stances AS (
    SELECT
        reading,
        dispute,
        list(DISTINCT coalesce(name, 'the report') ORDER BY coalesce(name, 'the report'))
            FILTER (WHERE stance = 'assert') AS asserted_by,
        list(DISTINCT coalesce(name, 'the report') ORDER BY coalesce(name, 'the report'))
            FILTER (WHERE stance = 'deny') AS denied_by
    FROM disputants
    GROUP BY reading, dispute
)

SELECT
    d.report, d.dispute, r.published, r.outlet, d.kind, d.about AS event, e.type, e.source_countries,
    e.target_countries, t.asserted_by, t.denied_by, m.corrected,
    d.proposition
FROM disputes AS d
INNER JOIN reports AS r USING (reading)
LEFT JOIN live_events AS e ON d.reading = e.reading AND d.about = e.event
LEFT JOIN stances AS t ON d.reading = t.reading AND d.dispute = t.dispute
LEFT JOIN marks AS m ON m.kind = 'dispute' AND m.reading = d.reading AND m.record = d.dispute
WHERE
    ($first::DATE IS NULL OR r.published >= $first)
    AND ($last::DATE IS NULL OR r.published <= $last)
    AND ($outlet::VARCHAR IS NULL OR lower(r.outlet) = lower($outlet))
    AND ($source::VARCHAR IS NULL OR are_named($source, e.source_countries, e.source_names))
    AND ($target::VARCHAR IS NULL OR are_named($target, e.target_countries, e.target_names))
    AND ($type::VARCHAR IS NULL OR e.type = $type)
    AND (
        $said_by::VARCHAR IS NULL
        OR EXISTS (
            SELECT 1 FROM disputants AS v
            WHERE
                v.reading = d.reading AND v.dispute = d.dispute AND is_named($said_by, v.country, v.name)
        )
    )
ORDER BY r.published, d.report, d.dispute
LIMIT $limit::BIGINT

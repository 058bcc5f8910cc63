-- Which statements fit the filters? Source, target and type are those of an event that the statement makes a claim of.
SELECT
    s.report, s.statement, s.published, s.outlet, s.speaker_name, s.speaker_country, s.speaker_sector, s.act, s.cue,
    s.kind, s.corrected, s.confidence, s.words
FROM statements AS s
WHERE
    ($first::DATE IS NULL OR s.published >= $first)
    AND ($last::DATE IS NULL OR s.published <= $last)
    AND ($outlet::VARCHAR IS NULL OR lower(s.outlet) = lower($outlet))
    AND ($said_by::VARCHAR IS NULL OR is_named($said_by, s.speaker_country, s.speaker_name))
    AND (
        coalesce($source::VARCHAR, $target::VARCHAR, $type::VARCHAR) IS NULL
        OR EXISTS (
            SELECT 1 FROM live_claims AS c
            INNER JOIN live_events AS e USING (reading, event)
            WHERE
                c.reading = s.reading AND c.holder = s.statement
                AND ($source::VARCHAR IS NULL OR are_named($source, e.source_countries, e.source_names))
                AND ($target::VARCHAR IS NULL OR are_named($target, e.target_countries, e.target_names))
                AND ($type::VARCHAR IS NULL OR e.type = $type)
        )
    )
ORDER BY s.published, s.report, s.content[1].start, s.statement
LIMIT $limit::BIGINT

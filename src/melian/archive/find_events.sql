-- Which events fit the filters?
SELECT
    e.report, e.event, e.type, e.ontology, e.plover, e.modes, e.contexts, e.quad, e.intensity, e.source_names,
    e.source_countries,
    e.target_names, e.target_countries, e.first_day, e.last_day, e.date_precision, e.place, e.place_country,
    e.dead_low, e.dead_high, e.injured_low, e.injured_high, e.standing, e.corrected, e.confidence, e.outlet, e.published, e.words
FROM events AS e
WHERE
    ($first::DATE IS NULL OR coalesce(e.last_day, e.first_day) >= $first)
    AND ($last::DATE IS NULL OR coalesce(e.first_day, e.last_day) <= $last)
    AND ($source::VARCHAR IS NULL OR are_named($source, e.source_countries, e.source_names))
    AND ($target::VARCHAR IS NULL OR are_named($target, e.target_countries, e.target_names))
    AND ($type::VARCHAR IS NULL OR e.type = $type)
    AND ($outlet::VARCHAR IS NULL OR lower(e.outlet) = lower($outlet))
    AND (
        $said_by::VARCHAR IS NULL
        OR EXISTS (
            SELECT 1 FROM accounts AS a
            WHERE a.reading = e.reading AND a.event = e.event AND is_named($said_by, a.speaker_country, a.speaker_name)
        )
    )
ORDER BY coalesce(e.first_day, e.last_day), e.report, e.event
LIMIT $limit::BIGINT

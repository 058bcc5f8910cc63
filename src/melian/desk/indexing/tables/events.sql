-- Every event with its standing, the newest first: the id is its place in that order. What is only known to the year or
-- less stands at the day of its report, because the last day of "this century" is no news.
SELECT
    row_number() OVER (
        ORDER BY
            coalesce(CASE WHEN date_precision IN ('day', 'week', 'month') THEN last_day END, published) DESC NULLS LAST,
            first_day DESC NULLS LAST, report, event
    )::INTEGER AS id,
    reading, report, event, type, quad::TINYINT AS quad, intensity, modes, first_day, last_day, date_value,
    date_precision, date_basis, place, place_country, admin1, place_precision, lat, lon, source_names, source_countries,
    target_names, target_countries, dead_low, dead_high, injured_low, injured_high, standing, confidence, outlet,
    published, words
FROM events
ORDER BY id

-- Between which days is each event looked for, and how finely is it dated?
-- Where the report gives no day, it is the days before the report.
SELECT
    e.reading,
    e.event,
    coalesce(e.first_day, e.last_day) IS NOT NULL AS is_dated,
    CASE WHEN e.date_precision IN ('month', 'season', 'year') THEN e.date_precision ELSE 'day' END AS grain,
    coalesce(e.first_day, e.last_day, r.published - w.unsaid_days::INT) AS begins,
    coalesce(e.last_day, e.first_day, r.published) AS ends
FROM live_events AS e
INNER JOIN live_reports AS r USING (reading)
CROSS JOIN weights AS w

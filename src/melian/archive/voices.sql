-- To which voice does each report belong? Copies and revisions of one text are one voice; a report not yet linked is its own.
SELECT
    r.report,
    r.reading,
    coalesce(v.voice, 'v' || substr(md5(r.report), 1, 12)) AS voice,
    r.outlet,
    o.country AS outlet_country,
    r.published,
    v.score,
    v.reason,
    v.with_report
FROM reports AS r
LEFT JOIN stored_voice_links AS v USING (reading)
LEFT JOIN stored_outlet_countries AS o USING (outlet)

-- Which linked event does each event of a report belong to, how surely, and why? One not yet linked stands alone.
SELECT
    e.report,
    e.reading,
    e.event,
    coalesce(l.linked, 'l' || substr(md5(e.report || chr(31) || e.event), 1, 12)) AS linked,
    l.score,
    l.reason,
    l.with_report,
    l.with_event
FROM live_events AS e
LEFT JOIN stored_event_links AS l ON e.reading = l.reading AND e.event = l.event

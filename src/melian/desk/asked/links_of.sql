-- With which events of other reports is this one linked, and why? Itself among them.
SELECT linked, report, event, voice, score, reason, with_report, with_event
FROM links
WHERE linked = (SELECT linked FROM links WHERE report = $report AND event = $event)
ORDER BY linked, report, event

-- Which events of reports are this happening, and why?
SELECT linked, report, event, voice, score, reason, with_report, with_event
FROM links
WHERE linked = $linked
ORDER BY report, event

-- How do the reports tell this happening?
FROM lines
WHERE id IN (SELECT id FROM links WHERE linked = $linked)
ORDER BY published, report, event
LIMIT $count

-- How do the reports tell this happening?
FROM lines
SEMI JOIN (FROM links WHERE linked = $linked) USING (report, event)
ORDER BY published, report, event
LIMIT $count

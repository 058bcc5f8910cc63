-- Which types of events does the archive hold?
SELECT DISTINCT type FROM events ORDER BY type

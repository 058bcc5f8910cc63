-- How many events of reports have been linked?
SELECT count(*) AS links FROM links

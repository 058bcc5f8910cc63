-- Which expressions of time does a report hold, and to which days do they lead? One row an expression.
SELECT d.*, words_at(r.text, d.start, d.length) AS words
FROM live_dates AS d
INNER JOIN live_reports AS r USING (reading)

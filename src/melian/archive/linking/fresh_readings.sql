-- Which readings are not linked yet?
SELECT c.report, c.reading FROM current_readings AS c
WHERE c.reading NOT IN (SELECT reading FROM stored_voice_texts)

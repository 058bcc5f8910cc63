-- Who said what in each reading?
SELECT s.* EXCLUDE (speaker_nth), a.actor AS speaker
FROM file_statements AS s
LEFT JOIN file_actors AS a ON s.reading = a.reading AND s.speaker_nth = a.nth

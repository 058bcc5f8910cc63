-- How often does a speaker do what by speaking?
SELECT act, count(*) AS statements FROM statements WHERE speaker_name = $name GROUP BY act ORDER BY statements DESC, act

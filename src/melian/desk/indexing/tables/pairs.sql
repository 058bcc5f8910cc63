-- An event and a pair of countries, as the archive's dyads have them.
SELECT reading, event, source, target, type, quad::TINYINT AS quad, intensity, first_day, last_day, standing
FROM dyads
ORDER BY source, target, first_day

-- Who holds what of these events?
SELECT id, name, country, act, polarity, certainty, tense FROM voices WHERE id IN (SELECT unnest($ids)) ORDER BY id, name

-- What is known of every new event, and which are gone?
SELECT *, false AS gone FROM fresh_tellings
UNION ALL BY NAME
SELECT reading, event, true AS gone FROM stored_tellings SEMI JOIN gone_readings USING (reading)

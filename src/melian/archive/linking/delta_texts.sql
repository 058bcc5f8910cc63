-- By which marks is every new text known again, and which texts are gone?
SELECT *, false AS gone FROM fresh_voice_texts
UNION ALL BY NAME
SELECT reading, true AS gone FROM gone_readings

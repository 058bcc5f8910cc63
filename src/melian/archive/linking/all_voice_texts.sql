-- By which marks is every text known again, and which are new?
SELECT reading, report, published, node, is_short, marks, false AS is_fresh
FROM stored_voice_texts SEMI JOIN current_readings USING (reading)
UNION ALL BY NAME
SELECT reading, report, published, node, is_short, marks, true AS is_fresh FROM fresh_voice_texts

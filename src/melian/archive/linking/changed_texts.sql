-- Which texts came, or came or went once more?
SELECT node FROM fresh_voice_texts
UNION
SELECT node FROM stored_voice_texts SEMI JOIN gone_readings USING (reading)

-- Which texts were known before and still count?
SELECT * FROM stored_voice_texts ANTI JOIN gone_readings USING (reading)

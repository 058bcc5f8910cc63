-- Which readings are linked and do not count any more?
SELECT reading FROM stored_voice_texts ANTI JOIN current_readings USING (reading)

-- Which numbers have the readings of these reports, those that count?
SELECT reading FROM current_readings WHERE report IN (SELECT unnest($reports::VARCHAR[])) ORDER BY reading

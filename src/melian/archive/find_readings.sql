-- What are the whole readings of these reports, those that count?
SELECT report, json FROM readings WHERE report IN (SELECT unnest($reports::VARCHAR[])) ORDER BY report

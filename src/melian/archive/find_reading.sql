-- What is the whole reading of this report, the one that counts?
SELECT json FROM readings WHERE report = $report

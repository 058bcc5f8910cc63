-- Which readings come next, behind this report in the order of reports? From the first where none is named.
SELECT report, json FROM readings WHERE $after IS NULL OR report > $after ORDER BY report LIMIT $count

-- What does each reviewer say last of each field of each record?
SELECT report, kind, record, judged, field, verdict, value, reviewer, sample
FROM corrections
WHERE state IN ('standing', 'outvoted') AND verdict <> 'undo'
ORDER BY report, kind, record, field, reviewer

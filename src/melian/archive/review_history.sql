-- What did reviewers say of the archive's records, one judgement a row, and what became of it?
SELECT
    judged_at, reviewer, report, kind, coalesce(record, judged) AS record, field, verdict, old, new, state, sample,
    correction, undoes, note
FROM corrections
WHERE
    ($report::VARCHAR IS NULL OR report = $report)
    AND ($record::VARCHAR IS NULL OR starts_with(coalesce(record, judged), $record))
    AND ($reviewer::VARCHAR IS NULL OR reviewer = $reviewer)
ORDER BY judged_at, correction

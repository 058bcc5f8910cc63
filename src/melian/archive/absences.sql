-- Why is a field empty that a reader would expect to be filled? One row an empty field.
SELECT a.* EXCLUDE (record_nth) REPLACE (coalesce(i.id, a.record) AS record)
FROM live_absences AS a
LEFT JOIN record_ids AS i USING (reading, record_kind, record_nth)

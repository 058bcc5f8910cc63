-- By which rule or model, and on which rows of knowledge, does each record rest? One row a reason.
SELECT a.* EXCLUDE (record_nth) REPLACE (coalesce(i.id, a.record) AS record, spans_of(a.spans) AS spans)
FROM live_reasons AS a
LEFT JOIN record_ids AS i USING (reading, record_kind, record_nth)

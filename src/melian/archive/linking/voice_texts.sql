-- What is the text of each new report, and on which day was it published? Texts of the same words share a node.
WITH texts AS (
    SELECT
        r.reading,
        r.report,
        r.published,
        regexp_extract_all(lower(strip_accents(r.text)), '[a-z0-9]+') AS words
    FROM reports AS r
    SEMI JOIN fresh_readings USING (reading)
)

SELECT t.reading, t.report, t.published, hash(t.words) AS node, len(t.words) < w.short_text AS is_short
FROM texts AS t
CROSS JOIN weights AS w

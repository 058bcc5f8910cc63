-- By which marks is the text of each new report known again?
-- A mark is a hash of a few words in a row. Of the marks of a long text a part is kept, the same part of every text.
WITH texts AS (
    SELECT
        r.reading,
        r.report,
        r.published,
        regexp_extract_all(lower(strip_accents(r.text)), '[a-z0-9]+') AS words
    FROM reports AS r
    SEMI JOIN fresh_readings USING (reading)
),

marked AS (
    SELECT
        t.*,
        list_transform(
            range(1, greatest(2, len(t.words) - w.mark_words::BIGINT + 2)),
            lambda place: (hash(t.words[place:place + w.mark_words::BIGINT - 1]) & 4294967295)::UINTEGER
        ) AS all_marks
    FROM texts AS t
    CROSS JOIN weights AS w
)

SELECT
    m.reading,
    m.report,
    m.published,
    hash(m.words) AS node,
    len(m.words) < w.short_text AS is_short,
    list_distinct(list_filter(
        m.all_marks, lambda mark: len(m.words) < w.short_text OR mark % w.mark_rate::BIGINT = 0
    )) AS marks
FROM marked AS m
CROSS JOIN weights AS w

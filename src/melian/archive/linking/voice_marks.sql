-- By which marks is the text of each new report known again?
-- A mark is a hash of five words in a row (Broder 1997, On the resemblance and containment of documents). Of the marks of a long text a part is kept, the same part of every text.
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
            range(1, greatest(2, len(t.words) - 3)),
            lambda n: (
                hash(t.words[n], t.words[n + 1], t.words[n + 2], t.words[n + 3], t.words[n + 4]) & 4294967295
            )::UINTEGER
        ) AS all_marks
    FROM texts AS t
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

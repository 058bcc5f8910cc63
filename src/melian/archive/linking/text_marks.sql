-- By which marks is each text that is compared known again? Texts of the same words have the same.
-- A mark is a hash of five words in a row (Broder 1997, On the resemblance and containment of documents). Of the marks of a long text a part is kept, the same part of every text.
WITH texts AS (
    SELECT n.node, n.is_short, regexp_extract_all(lower(strip_accents(r.text)), '[a-z0-9]+') AS words
    FROM (SELECT node, any_value(is_short) AS is_short, min(reading) AS reading FROM near_texts GROUP BY node) AS n
    INNER JOIN reports AS r USING (reading)
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
    m.node,
    list_distinct(list_filter(m.all_marks, lambda mark: m.is_short OR mark % w.mark_rate::BIGINT = 0)) AS marks
FROM marked AS m
CROSS JOIN weights AS w

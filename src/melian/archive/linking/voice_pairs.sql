-- Which texts are copies or revisions of each other, by how much, and why?
WITH texts AS (
    SELECT
        node,
        any_value(is_short) AS is_short,
        any_value(m.marks) AS marks,
        len(any_value(m.marks)) AS size,
        -- What a short text would have kept, were it long: a long one is compared by these alone.
        len(list_filter(any_value(m.marks), lambda mark: mark % any_value(w.mark_rate)::BIGINT = 0)) AS sparse_size,
        min(published) AS first_day,
        max(published) AS last_day,
        bool_or(is_fresh) AS is_fresh
    FROM near_texts
    INNER JOIN text_marks AS m USING (node)
    CROSS JOIN weights AS w
    GROUP BY node
),

marks AS (SELECT node, is_fresh, first_day, last_day, unnest(marks) AS mark FROM texts),

telling AS (
    SELECT m.* FROM marks AS m
    SEMI JOIN (
        SELECT c.mark FROM marks AS c CROSS JOIN weights AS w
        GROUP BY c.mark, w.common_mark HAVING count(*) BETWEEN 2 AND w.common_mark
    ) USING (mark)
),

-- Texts of other times are left out before their marks are counted: where many are written alike, the pairs of all would not
-- fit into memory.
shared AS (
    SELECT least(a.node, b.node) AS one, greatest(a.node, b.node) AS other, count(*) AS marks
    FROM telling AS a
    INNER JOIN telling AS b ON a.mark = b.mark AND a.node <> b.node
    CROSS JOIN weights AS w
    WHERE a.is_fresh AND (NOT b.is_fresh OR a.node < b.node)
        AND coalesce(a.first_day <= b.last_day + w.copied_days::INT, true)
        AND coalesce(b.first_day <= a.last_day + w.copied_days::INT, true)
    GROUP BY one, other
),

compared AS (
    SELECT
        s.one,
        s.other,
        CASE WHEN a.is_short AND b.is_short THEN s.marks / w.mark_rate ELSE s.marks END AS marks,
        CASE
            WHEN a.is_short AND b.is_short THEN s.marks / least(a.size, b.size)
            ELSE s.marks / greatest(1, least(a.sparse_size, b.sparse_size))
        END AS share,
        CASE
            WHEN a.is_short AND b.is_short THEN s.marks / greatest(a.size, b.size)
            ELSE s.marks / greatest(1, a.sparse_size, b.sparse_size)
        END AS whole,
        w.*
    FROM shared AS s
    INNER JOIN texts AS a ON s.one = a.node
    INNER JOIN texts AS b ON s.other = b.node
    CROSS JOIN weights AS w
    WHERE
        s.marks >= w.copied_least * CASE WHEN a.is_short AND b.is_short THEN w.mark_rate ELSE 1 END
)

SELECT
    one,
    other,
    greatest(least(share, 1), least(0.99, 0.5 * marks / copied_marks)) AS score,
    CASE
        WHEN whole >= 0.8 THEN 'nearly the same text'
        WHEN share >= copied_share THEN 'one text stands in the other, in large part'
        ELSE 'a passage of some ' || (marks * mark_rate)::INT || ' words in common'
    END AS reason
FROM compared
WHERE share >= copied_share OR marks >= copied_marks

-- Which links is the machine least sure of; or which come first in the random order that a seed gives? What somebody was asked
-- in that order is asked of the others too, though the link be gone since.
WITH kept AS (SELECT string_split(unnest($kept::VARCHAR[]), chr(31)) AS ends),

asked AS (
    SELECT id, report, event, with_report, with_event, score, reason FROM link_pairs
    UNION ALL BY NAME
    SELECT k.ends[1] AS report, k.ends[2] AS event, k.ends[3] AS with_report, k.ends[4] AS with_event
    FROM kept AS k
    ANTI JOIN link_pairs AS p
        ON k.ends[1] = p.report AND k.ends[2] = p.event AND k.ends[3] = p.with_report AND k.ends[4] = p.with_event
)

SELECT report, event, with_report, with_event, score, reason, (SELECT count(*) FROM asked) AS all
FROM asked
ORDER BY CASE WHEN $seed > 0 THEN md5(concat_ws(chr(31), $seed::BIGINT, report, event, with_report, with_event)) END, id
LIMIT $count OFFSET $skip

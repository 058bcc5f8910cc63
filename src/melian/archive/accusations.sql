-- Who accuses whom, how often, by how many voices told, and of what last?
SELECT
    source,
    target,
    count(*) AS accusations,
    sum(voices)::BIGINT AS voices,
    min(coalesce(first_day, first_published)) AS first_day,
    max(coalesce(last_day, first_published)) AS last_day,
    arg_max(words, (coalesce(last_day, first_published), linked)) AS last_words
FROM linked_dyads
WHERE type = 'ACCUSE' AND standing NOT IN ('denied', 'foreseen')
GROUP BY source, target

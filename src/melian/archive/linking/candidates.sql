-- How many pairs of tellings share a key, each as often as it does, of which one at least is new?
SELECT coalesce(sum(fresh * (fresh - 1) / 2 + fresh * old), 0)::BIGINT AS candidates
FROM (
    SELECT count(*) FILTER (WHERE is_fresh) AS fresh, count(*) FILTER (WHERE NOT is_fresh) AS old
    FROM block_keys
    GROUP BY key
)

-- Which pairs have to be grouped again?
SELECT p.one, p.other, p.score
FROM new_event_pairs AS p
LEFT JOIN stored_event_groups AS g ON p.one = g.node
LEFT JOIN stored_event_groups AS h ON p.other = h.node
WHERE
    g.part IS NULL OR h.part IS NULL OR g.part <> h.part
    OR g.part IN (FROM touched_parts) OR h.part IN (FROM touched_parts)

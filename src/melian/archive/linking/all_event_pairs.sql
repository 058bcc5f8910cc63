-- Which pairs of tellings are of one event, from before and from now?
SELECT p.one, p.other, p.score, p.reason
FROM stored_event_pairs AS p
SEMI JOIN nodes AS a ON p.one = a.node
SEMI JOIN nodes AS b ON p.other = b.node
UNION
SELECT one, other, score, reason FROM fresh_event_pairs

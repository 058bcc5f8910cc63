-- Which pairs stand between nodes that may belong elsewhere now?
SELECT p.one, p.other, p.score, p.reason
FROM stored_{subject}_pairs AS p
ANTI JOIN delta_{subject}_pairs AS d ON p.one = d.one AND p.other = d.other
SEMI JOIN touched_{subject}_nodes AS t ON p.one = t.node
UNION ALL
SELECT one, other, score, reason FROM delta_{subject}_pairs WHERE NOT gone

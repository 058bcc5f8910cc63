-- Which pairs are new, and which are no more? Those of nodes that changed were looked for anew.
SELECT one, other, score, reason, false AS gone FROM fresh_{subject}_pairs
UNION ALL
SELECT s.one, s.other, NULL, NULL, true
FROM stored_{subject}_pairs AS s
ANTI JOIN fresh_{subject}_pairs AS f ON s.one = f.one AND s.other = f.other
WHERE s.one IN (FROM changed_{subject}_nodes) OR s.other IN (FROM changed_{subject}_nodes)

-- To which group does each node belong now? What has no pair any more has no group.
SELECT node, part, chosen, false AS gone FROM fresh_{subject}_groups
UNION ALL
SELECT s.node, NULL, NULL, true
FROM stored_{subject}_groups AS s
SEMI JOIN touched_{subject}_nodes AS t ON s.node = t.node
ANTI JOIN fresh_{subject}_groups AS f ON s.node = f.node

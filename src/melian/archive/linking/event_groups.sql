-- To which group does each telling belong? Groups that nothing has touched stay as they were.
SELECT node, part, chosen FROM fresh_event_groups
UNION ALL
SELECT g.node, g.part, g.chosen
FROM stored_event_groups AS g
WHERE g.part NOT IN (FROM touched_parts) AND g.node NOT IN (SELECT node FROM fresh_event_groups)

-- Which nodes may belong elsewhere now?
-- What changed, what a pair reaches that is new or no more, what a hand has judged, and all that chains of pairs join with these.
WITH reached AS (
    SELECT node FROM changed_{subject}_nodes
    UNION
    SELECT one FROM delta_{subject}_pairs
    UNION
    SELECT other FROM delta_{subject}_pairs
    UNION
    SELECT node FROM decided_{subject}_nodes
)

SELECT node FROM reached
UNION
SELECT node
FROM stored_{subject}_groups
WHERE part IN (SELECT part FROM stored_{subject}_groups SEMI JOIN reached USING (node))

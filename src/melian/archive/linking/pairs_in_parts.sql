-- Which pairs have to be grouped, those of one part after each other?
SELECT p.one, p.other, p.score
FROM {subject}_pairs_to_group AS p
INNER JOIN {subject}_parts AS n ON p.one = n.node
ORDER BY n.part

-- Which copies are known, from before and from now?
SELECT p.one, p.other, p.score, p.reason
FROM stored_voice_pairs AS p
SEMI JOIN voice_texts AS a ON p.one = a.node
SEMI JOIN voice_texts AS b ON p.other = b.node
UNION
SELECT one, other, score, reason FROM fresh_voice_pairs

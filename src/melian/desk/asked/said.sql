-- The newest statements of a speaker, of the acts that are asked for.
SELECT report, statement, act, words, outlet, published
FROM statements
WHERE speaker_name = $name AND act IN (SELECT unnest($acts))
ORDER BY published DESC NULLS LAST, report, statement
LIMIT $count

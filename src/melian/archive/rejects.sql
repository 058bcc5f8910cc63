-- What gave no reading, and why? The same reject met by several runs is one.
SELECT DISTINCT ON (reject) * FROM all_rejects

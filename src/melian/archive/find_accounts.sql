-- Who asserts, denies or does not say that this linked event happened?
SELECT stance, holder_name, holder_country, outlet, outlet_country, voice, published, report, words
FROM linked_accounts
WHERE linked = $linked
ORDER BY stance, published, report, claim

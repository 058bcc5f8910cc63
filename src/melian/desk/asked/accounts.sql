-- Who asserts, denies or does not say that this happened?
SELECT report, event, holder, holder_name, holder_country, holder_label, identity, stance, voice, outlet, published, words
FROM linked_accounts
WHERE linked = $linked
ORDER BY published, report, claim

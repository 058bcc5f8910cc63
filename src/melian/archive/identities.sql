-- Which actor does each name of the archive belong to, and why? As of the last linking.
SELECT * FROM stored_identities

-- Which actor does each name of the archive belong to, and why? As of the last linking.
SELECT * REPLACE (
    coalesce(identity, identity_of(folded(name), country)) AS identity,
    coalesce(full_name, name) AS full_name
)
FROM stored_identities

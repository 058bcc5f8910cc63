-- Which country did what to which, each linked event once? See pairs.
SELECT
    linked, source, target, type, quad, intensity, first_day, last_day, date_precision, standing, reports, voices,
    source_names, target_names, first_published, first_outlet, words
FROM linked_pairs

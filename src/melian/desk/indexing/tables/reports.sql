-- Every report without its text, but for how it begins where it has no title; the newest first.
SELECT
    row_number() OVER (ORDER BY published DESC NULLS LAST, report)::INTEGER AS id,
    reading, report, coalesce(nullif(trim(title), ''), substring(text, 1, 240)) AS title, outlet, url, published, characters
FROM reports
ORDER BY id

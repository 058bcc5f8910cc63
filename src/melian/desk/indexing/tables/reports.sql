-- Every report without its text, the newest first.
SELECT
    row_number() OVER (ORDER BY published DESC NULLS LAST, report)::INTEGER AS id,
    reading, report, title, outlet, url, published, characters
FROM reports
ORDER BY id

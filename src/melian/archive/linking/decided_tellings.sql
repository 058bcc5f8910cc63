-- Which tellings has a hand judged?
SELECT report, event, node FROM kept_tellings WHERE is_decided
UNION
SELECT report, event, node FROM fresh_tellings WHERE is_decided

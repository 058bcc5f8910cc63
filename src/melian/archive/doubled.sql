-- Which reports were read twice in a row by the same version, though nothing had changed?
SELECT report, reading
FROM history
WHERE state <> 'removed'
QUALIFY
    version = lag(version) OVER (PARTITION BY report ORDER BY reading)
    AND content = lag(content) OVER (PARTITION BY report ORDER BY reading)
ORDER BY reading

-- Which expressions of time does each reading hold? Their days rest on their own words unless others are named.
SELECT
    * REPLACE (coalesce(date_start, start) AS date_start, coalesce(date_length, length) AS date_length)
FROM file_dates

-- What is the whole reading with this number?
SELECT json FROM readings WHERE reading = $reading

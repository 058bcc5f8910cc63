-- Who is named in which office, from which day to which, according to the reports themselves? As of the last linking.
SELECT * FROM stored_offices

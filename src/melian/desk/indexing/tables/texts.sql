-- The words of reports, for the search.
SELECT reading, concat_ws(' ', title, text) AS words FROM reports WHERE reading >= $first AND reading < $last

-- What is this happening, taken from all its tellings?
SELECT * FROM linked_events WHERE id = $id

-- Which linked events have other tellings since people decided?
SELECT linked FROM delta_event_links
UNION
SELECT s.linked FROM stored_event_links AS s SEMI JOIN delta_event_links AS d ON s.reading = d.reading AND s.event = d.event

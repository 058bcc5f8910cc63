-- Where is this event of a report, and of which happening is it?
SELECT id, linked, happening FROM keys WHERE report = $report AND event = $event

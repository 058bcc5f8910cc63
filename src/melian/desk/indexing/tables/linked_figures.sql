-- Which figures are told of each happening, as time goes on?
SELECT linked, what, low, high, figure, holder_name, holder_label, voice, outlet, published, report, event
FROM figures
SEMI JOIN stored_linked_events USING (linked)
ORDER BY linked, what, published, report, holder_name

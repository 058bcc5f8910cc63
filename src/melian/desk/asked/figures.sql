-- Which figures are told of this happening, as time goes on?
SELECT what, low, high, figure, holder_name, holder_label, outlet, published, report
FROM linked_figures
WHERE linked = $linked
ORDER BY what, published, report, holder_name

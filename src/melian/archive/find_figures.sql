-- Which figures are told of this linked event, as time goes on?
SELECT what, figure, low, high, holder_name, holder_country, outlet, voice, published, report
FROM figures
WHERE linked = $linked
ORDER BY what, published, report, holder_name

-- Which different tellings are there, and which of them are new?
SELECT
    node,
    any_value(type) AS type,
    any_value(sources) AS sources,
    any_value(targets) AS targets,
    -- A party that is no country has a name, in small letters; a name and a country do not contradict each other.
    len(list_filter(any_value(sources), lambda party: party = upper(party))) > 0 AS is_source_country,
    len(list_filter(any_value(targets), lambda party: party = upper(party))) > 0 AS is_target_country,
    list_sort(list_distinct(any_value(sources) || any_value(targets))) AS parties,
    any_value(is_dated) AS is_dated,
    any_value(grain) AS grain,
    any_value(begins) AS begins,
    any_value(ends) AS ends,
    any_value(place) AS place,
    any_value(lat) AS lat,
    any_value(lon) AS lon,
    any_value(names) AS names,
    any_value(words) AS words,
    any_value(triggers) AS triggers,
    any_value(context) AS context,
    any_value(sketch) AS sketch,
    any_value(reading) AS reading,
    count(DISTINCT reading) = 1 AS is_of_one_report,
    bool_and(is_fresh) AS is_fresh
FROM compared_tellings
GROUP BY node

-- What is disputed between the reports: who asserts, who denies, who does not say, who told it first, and is it open?
--   contradiction  some hold that it happened and others that it did not
--   blame          two sides each lay one deed at the other's door, or a report tells of such a charge and answer
--   figures        numbers that cannot both be right; one that only grew as days went by is no dispute
-- A contradiction is settled where the last words of all who took a side agree; figures where the last ones do.
WITH accounts AS MATERIALIZED (FROM linked_accounts),  -- what many steps ask of is worked out once

happenings AS MATERIALIZED (FROM linked_events),

counted AS MATERIALIZED (FROM figures),

sided AS MATERIALIZED (SELECT * FROM accounts WHERE stance IN ('assert', 'deny')),

last_words AS (
    SELECT
        linked,
        identity,
        arg_max(stance, (coalesce(published, DATE '0001-01-01'), report, claim)) AS last_stance,
        max(published) AS last_day
    FROM sided
    GROUP BY linked, identity
),

endings AS (
    SELECT linked, count(DISTINCT last_stance) = 1 AS is_settled, max(last_day) AS last_day
    FROM last_words
    GROUP BY linked
),

contradicted AS (
    SELECT DISTINCT a.linked
    FROM sided AS a
    INNER JOIN sided AS d ON a.linked = d.linked AND a.identity <> d.identity
    WHERE a.stance = 'assert' AND d.stance = 'deny'
),

contradictions AS (
    SELECT
        linked,
        'contradiction' AS kind,
        list(DISTINCT holder_label ORDER BY holder_label) FILTER (WHERE stance = 'assert') AS asserted_by,
        list(DISTINCT holder_label ORDER BY holder_label) FILTER (WHERE stance = 'deny') AS denied_by,
        list(DISTINCT outlet ORDER BY outlet) FILTER (WHERE holder = 'author' AND stance = 'not said') AS not_said_by,
        count(DISTINCT voice) FILTER (WHERE stance = 'assert') AS asserting_voices,
        count(DISTINCT voice) FILTER (WHERE stance = 'deny') AS denying_voices,
        list(DISTINCT holder_country ORDER BY holder_country) FILTER (WHERE stance = 'assert') AS asserting_countries,
        list(DISTINCT holder_country ORDER BY holder_country) FILTER (WHERE stance = 'deny') AS denying_countries,
        arg_min(words, (coalesce(published, DATE '9999-12-31'), report, claim)) FILTER (WHERE stance = 'assert') AS proposition
    FROM accounts
    SEMI JOIN contradicted USING (linked)
    GROUP BY linked
),

-- Each of two countries says that it was the other, on one day and at one place.
turned AS (
    SELECT a.linked, b.linked AS other
    FROM happenings AS a
    INNER JOIN happenings AS b
        ON a.type = b.type AND a.first_day = b.first_day AND a.last_day = b.last_day
        AND a.source_countries = b.target_countries AND a.target_countries = b.source_countries
        AND a.geonameid IS NOT DISTINCT FROM b.geonameid
    WHERE a.quad = 4 AND a.linked < b.linked AND len(a.source_countries) > 0 AND len(a.target_countries) > 0
        AND a.source_countries <> a.target_countries
),

blamed AS (
    SELECT
        t.linked,
        'blame' AS kind,
        list(DISTINCT a.holder_label ORDER BY a.holder_label) AS asserted_by,
        list(DISTINCT d.holder_label ORDER BY d.holder_label) AS denied_by,
        []::VARCHAR[] AS not_said_by,
        count(DISTINCT a.voice) AS asserting_voices,
        count(DISTINCT d.voice) AS denying_voices,
        list(DISTINCT a.holder_country ORDER BY a.holder_country) AS asserting_countries,
        list(DISTINCT d.holder_country ORDER BY d.holder_country) AS denying_countries,
        min(a.words) AS proposition
    FROM turned AS t
    INNER JOIN happenings AS e ON t.linked = e.linked
    INNER JOIN sided AS a ON t.linked = a.linked AND a.stance = 'assert'
    INNER JOIN sided AS d ON t.other = d.linked AND d.stance = 'assert'
    WHERE
        NOT coalesce(list_contains(e.source_countries, a.holder_country), false)
        AND NOT coalesce(list_contains(e.target_countries, d.holder_country), false)
        AND (
            list_contains(e.target_countries, a.holder_country) OR list_contains(e.source_countries, d.holder_country)
        )
    GROUP BY t.linked
),

unlike AS (
    SELECT DISTINCT a.linked, a.what, a.identity AS one, b.identity AS other
    FROM counted AS a
    INNER JOIN counted AS b
        ON a.linked = b.linked AND a.what = b.what AND a.identity <> b.identity AND a.low > b.high
    WHERE NOT coalesce(a.published > b.published, false)
),

numbered AS (
    SELECT
        f.linked,
        'figures' AS kind,
        list(DISTINCT f.holder_label || ': ' || f.figure ORDER BY f.holder_label || ': ' || f.figure)
            FILTER (WHERE u.one = f.identity) AS asserted_by,
        list(DISTINCT f.holder_label || ': ' || f.figure ORDER BY f.holder_label || ': ' || f.figure)
            FILTER (WHERE u.other = f.identity) AS denied_by,
        []::VARCHAR[] AS not_said_by,
        count(DISTINCT f.voice) FILTER (WHERE u.one = f.identity) AS asserting_voices,
        count(DISTINCT f.voice) FILTER (WHERE u.other = f.identity) AS denying_voices,
        list(DISTINCT f.holder_country) FILTER (WHERE u.one = f.identity) AS asserting_countries,
        list(DISTINCT f.holder_country) FILTER (WHERE u.other = f.identity) AS denying_countries,
        f.what AS proposition
    FROM counted AS f
    INNER JOIN unlike AS u ON f.linked = u.linked AND f.what = u.what AND f.identity IN (u.one, u.other)
    GROUP BY f.linked, f.what
),

labelled AS (
    SELECT e.reading, e.dispute, e.stance, e.country,
        coalesce(e.name || coalesce(' (' || e.country || ')', ''), v.outlet, 'the report') AS label
    FROM disputants AS e
    INNER JOIN voices AS v USING (reading)
),

-- What single reports tell of as disputed, where the claims of all reports together do not show it.
reported AS (
    SELECT
        l.linked,
        d.kind,
        list(DISTINCT e.label ORDER BY e.label) FILTER (WHERE e.stance = 'assert') AS asserted_by,
        list(DISTINCT e.label ORDER BY e.label) FILTER (WHERE e.stance = 'deny') AS denied_by,
        []::VARCHAR[] AS not_said_by,
        count(DISTINCT v.voice) FILTER (WHERE e.stance = 'assert') AS asserting_voices,
        count(DISTINCT v.voice) FILTER (WHERE e.stance = 'deny') AS denying_voices,
        list(DISTINCT e.country ORDER BY e.country) FILTER (WHERE e.stance = 'assert') AS asserting_countries,
        list(DISTINCT e.country ORDER BY e.country) FILTER (WHERE e.stance = 'deny') AS denying_countries,
        min(d.proposition) AS proposition
    FROM disputes AS d
    INNER JOIN links AS l ON d.reading = l.reading AND d.about = l.event
    INNER JOIN voices AS v ON d.reading = v.reading
    INNER JOIN labelled AS e ON d.reading = e.reading AND d.dispute = e.dispute
    WHERE
        d.kind = 'blame'
        OR (d.kind = 'contradiction' AND l.linked NOT IN (FROM contradicted))
        OR (d.kind = 'figures' AND l.linked NOT IN (SELECT linked FROM unlike))
    GROUP BY l.linked, d.kind
),

last_figures AS (
    SELECT linked, what, identity, arg_max(figure, (coalesce(published, DATE '0001-01-01'), report)) AS figure,
        max(published) AS last_day
    FROM counted
    GROUP BY linked, what, identity
),

figure_endings AS (
    SELECT linked, what, count(DISTINCT figure) = 1 AS is_settled, max(last_day) AS last_day
    FROM last_figures
    GROUP BY linked, what
),

first_told AS (
    SELECT
        linked,
        min(published) AS first_told,
        arg_min(holder_label, (coalesce(published, DATE '9999-12-31'), stance <> 'assert', report)) AS first_told_by,
        arg_min(outlet, (coalesce(published, DATE '9999-12-31'), stance <> 'assert', report)) AS first_outlet
    FROM accounts
    WHERE stance <> 'not said'
    GROUP BY linked
),

found AS (
    SELECT c.*, n.is_settled, CASE WHEN n.is_settled THEN n.last_day END AS settled_on
    FROM contradictions AS c INNER JOIN endings AS n USING (linked)
    UNION ALL
    SELECT *, false, NULL FROM reported
    UNION ALL
    SELECT *, false, NULL FROM blamed
    UNION ALL
    SELECT c.*, n.is_settled, CASE WHEN n.is_settled THEN n.last_day END
    FROM numbered AS c INNER JOIN figure_endings AS n ON c.linked = n.linked AND c.proposition = n.what
)

SELECT
    f.linked, f.kind, e.type, e.first_day, e.last_day, e.source_countries, e.source_names, e.target_countries,
    e.target_names, f.asserted_by, f.denied_by, f.not_said_by, f.asserting_voices, f.denying_voices,
    f.asserting_countries, f.denying_countries, t.first_told, t.first_told_by, t.first_outlet, f.is_settled,
    f.settled_on, e.reports, e.voices, f.proposition
FROM found AS f
INNER JOIN happenings AS e USING (linked)
LEFT JOIN first_told AS t USING (linked)

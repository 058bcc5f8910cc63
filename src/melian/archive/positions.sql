-- What does each speaker say of each linked event, report by report, and where does his word change?
SELECT
    a.identity,
    a.holder_name,
    a.holder_country,
    a.linked,
    e.type,
    e.source_countries,
    e.target_countries,
    a.published,
    a.stance,
    a.act,
    -- Only who said before that it happened and now that it did not, or the other way round, has changed his word.
    coalesce(
        a.stance <> lag(CASE WHEN a.stance IN ('assert', 'deny') THEN a.stance END IGNORE NULLS)
            OVER (PARTITION BY a.identity, a.linked ORDER BY a.published, a.report, a.claim)
        AND a.stance IN ('assert', 'deny'),
        false
    ) AS is_changed,
    a.outlet,
    a.voice,
    a.report,
    a.words
FROM linked_accounts AS a
INNER JOIN linked_events AS e USING (linked)
WHERE a.holder <> 'author'

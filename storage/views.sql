-- Views for people who read the database with SQL; docs/data.md says what each column holds.
-- Times are text as everywhere in this program (2026-11-22T08:00:00Z); *_number is the exact text beside it as a number.

CREATE VIEW v_sources AS
SELECT
  source.id AS source,
  source.title,
  coalesce(source.url, source.listing) AS address,
  source.listing IS NOT NULL AS is_listing,
  source.active,
  source.told_failing AS failing,
  count(page.id) AS pages,
  count(CASE WHEN page_state.failures > 0 THEN 1 END) AS failed,
  count(CASE WHEN page_state.suspect_since IS NOT NULL THEN 1 END) AS suspect,
  count(CASE WHEN page_state.gone THEN 1 END) AS gone,
  strftime('%Y-%m-%dT%H:%M:%SZ', max(page_state.checked_at)) AS checked_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', max(page.changed_at)) AS changed_at
FROM source
LEFT JOIN page ON page.source = source.id
LEFT JOIN page_state ON page_state.page = page.id
GROUP BY source.id;

CREATE VIEW v_pages AS
SELECT
  page.id AS page,
  page.source,
  page.url,
  page.title,
  page.region,
  page.year,
  page_state.version,
  page.characters,
  page.target_count AS targets,
  page_state.outcome,
  page_state.reason,
  page_state.failures,
  page_state.gone,
  page_state.suspect_reason,
  strftime('%Y-%m-%dT%H:%M:%SZ', page.first_seen) AS first_seen,
  strftime('%Y-%m-%dT%H:%M:%SZ', page_state.checked_at) AS checked_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', page.changed_at) AS changed_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', page_state.next_check) AS next_check,
  source.active
FROM page
JOIN page_state ON page_state.page = page.id
JOIN source ON source.id = page.source;

CREATE VIEW v_versions AS
SELECT
  version.page,
  page.source,
  version.url,
  version.title,
  version.region,
  version.year,
  version.number AS version,
  strftime('%Y-%m-%dT%H:%M:%SZ', version.fetched_at) AS fetched_at,
  version.published,
  version.characters,
  version.reread,
  version.sha256,
  version.seal
FROM version
JOIN page ON page.id = version.page;

CREATE VIEW v_targets AS
SELECT
  target.page,
  page.source,
  page.url,
  page.title,
  page.region,
  page.year,
  page_state.version,
  target.report,
  target.indicator,
  target.key,
  target.kind,
  target.relation,
  target.low,
  target.high,
  target.unit,
  CASE WHEN target.unit <> 'date' THEN CAST(target.low AS REAL) END AS low_number,
  CASE WHEN target.unit <> 'date' THEN CAST(target.high AS REAL) END AS high_number,
  target.period,
  target.scope,
  target.status,
  target.text,
  target.sentence
FROM target
JOIN page ON page.id = target.page
JOIN page_state ON page_state.page = target.page;

-- A row for each target that a change touched, and one (`text`) for a change that touched none. A change that is damaged
-- gives no row and no error; `crawler db verify` names it.
CREATE VIEW v_changes AS
WITH sound AS (
  SELECT page, version, at, CASE WHEN json_valid(targets) THEN targets ELSE '{"damaged": [0]}' END AS targets
  FROM change
),
touched AS (
  SELECT
    page, version, at, 'changed' AS change,
    json_extract(one.value, '$.old') AS old, json_extract(one.value, '$.new') AS new, one.value AS said
  FROM sound, json_each(sound.targets, '$.changed') AS one
  UNION ALL
  SELECT page, version, at, 'added', NULL, one.value, NULL FROM sound, json_each(sound.targets, '$.added') AS one
  UNION ALL
  SELECT page, version, at, 'removed', one.value, NULL, NULL FROM sound, json_each(sound.targets, '$.removed') AS one
  UNION ALL
  SELECT page, version, at, 'text', NULL, NULL, NULL FROM sound
  WHERE NOT EXISTS (SELECT 1 FROM json_each(sound.targets) AS one WHERE json_array_length(one.value))
)
SELECT
  touched.page,
  page.source,
  page.url,
  page.title,
  page.region,
  page.year,
  touched.version,
  strftime('%Y-%m-%dT%H:%M:%SZ', touched.at) AS changed_at,
  touched.change,
  coalesce(json_extract(touched.new, '$.report'), json_extract(touched.old, '$.report'), '') AS report,
  coalesce(json_extract(touched.new, '$.indicator'), json_extract(touched.old, '$.indicator')) AS indicator,
  coalesce(json_extract(touched.new, '$.key'), json_extract(touched.old, '$.key')) AS key,
  json_extract(touched.old, '$.words') AS old,
  json_extract(touched.new, '$.words') AS new,
  json_extract(touched.old, '$.low') AS old_low,
  json_extract(touched.new, '$.low') AS new_low,
  coalesce(json_extract(touched.new, '$.unit'), json_extract(touched.old, '$.unit')) AS unit,
  json_extract(touched.said, '$.difference') AS difference,
  json_extract(touched.said, '$.difference_unit') AS difference_unit,
  json_extract(touched.said, '$.difference_percent') AS difference_percent,
  json_extract(touched.old, '$.sentence') AS old_sentence,
  json_extract(touched.new, '$.sentence') AS new_sentence
FROM touched
JOIN page ON page.id = touched.page;

CREATE VIEW v_alerts AS
SELECT
  alert.id AS alert,
  alert.type,
  alert.source,
  alert.page,
  strftime('%Y-%m-%dT%H:%M:%SZ', alert.raised_at) AS raised_at,
  CASE WHEN json_valid(alert.payload) THEN json_extract(alert.payload, '$.severity') END AS severity,
  alert.summary,
  count(CASE WHEN delivery.state = 'delivered' THEN 1 END) AS delivered,
  count(CASE WHEN delivery.state = 'pending' THEN 1 END) AS pending,
  count(CASE WHEN delivery.state = 'dead' THEN 1 END) AS dead
FROM alert
LEFT JOIN delivery ON delivery.alert = alert.id
GROUP BY alert.id;

CREATE VIEW v_deliveries AS
SELECT
  delivery.alert,
  alert.type,
  alert.source,
  delivery.channel,
  delivery.state,
  delivery.attempts,
  strftime('%Y-%m-%dT%H:%M:%SZ', delivery.raised_at) AS raised_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', delivery.next_attempt) AS next_attempt,
  strftime('%Y-%m-%dT%H:%M:%SZ', delivery.settled_at) AS settled_at,
  delivery.error,
  alert.summary
FROM delivery
JOIN alert ON alert.id = delivery.alert;

CREATE VIEW v_comparisons AS
SELECT
  comparison.page,
  comparison.other,
  page.region,
  page.year,
  page.title,
  other.title AS other_title,
  page.url,
  other.url AS other_url,
  comparison.prints,
  comparison.share,
  comparison.targets,
  comparison.places,
  comparison.summary,
  strftime('%Y-%m-%dT%H:%M:%SZ', comparison.at) AS compared_at
FROM comparison
JOIN page ON page.id = comparison.page
JOIN page AS other ON other.id = comparison.other;

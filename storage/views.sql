-- Views for people who read the database with SQL; docs/data.md says what each column holds.
-- Times are UTC as they are stored (2026-11-22 08:00:00.000000), so that indexes serve; *_number is the exact text beside
-- it as a number.

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
  max(page_state.checked_at) AS checked_at,
  max(page.changed_at) AS changed_at
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
  page.first_seen,
  page_state.checked_at,
  page.changed_at,
  page_state.next_check,
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
  version.fetched_at,
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
SELECT
  change.page,
  page.source,
  page.url,
  page.title,
  page.region,
  page.year,
  change.version,
  change.at AS changed_at,
  change.severity,
  coalesce(kind.key, 'text') AS change,
  coalesce(json_extract(one.value, '$.new.report'), json_extract(one.value, '$.report'), '') AS report,
  coalesce(json_extract(one.value, '$.new.indicator'), json_extract(one.value, '$.indicator')) AS indicator,
  coalesce(json_extract(one.value, '$.new.key'), json_extract(one.value, '$.key')) AS key,
  json_extract(one.value, CASE kind.key WHEN 'changed' THEN '$.old.words' WHEN 'removed' THEN '$.words' END) AS old,
  json_extract(one.value, CASE kind.key WHEN 'changed' THEN '$.new.words' WHEN 'added' THEN '$.words' END) AS new,
  json_extract(one.value, CASE kind.key WHEN 'changed' THEN '$.old.low' WHEN 'removed' THEN '$.low' END) AS old_low,
  json_extract(one.value, CASE kind.key WHEN 'changed' THEN '$.new.low' WHEN 'added' THEN '$.low' END) AS new_low,
  coalesce(json_extract(one.value, '$.new.unit'), json_extract(one.value, '$.unit')) AS unit,
  json_extract(one.value, '$.difference') AS difference,
  json_extract(one.value, '$.difference_unit') AS difference_unit,
  json_extract(one.value, '$.difference_percent') AS difference_percent,
  coalesce(json_extract(one.value, '$.new.sentence'), json_extract(one.value, '$.sentence')) AS sentence
FROM change
JOIN page ON page.id = change.page
LEFT JOIN json_each(CASE WHEN json_valid(change.targets) THEN change.targets ELSE '{"damaged": [0]}' END) AS kind
  ON json_array_length(kind.value) > 0
LEFT JOIN json_each(kind.value) AS one
WHERE coalesce(kind.key, '') <> 'damaged';

CREATE VIEW v_alerts AS
SELECT
  alert.id AS alert,
  alert.type,
  alert.source,
  alert.page,
  alert.raised_at,
  CASE WHEN json_valid(alert.payload) THEN json_extract(alert.payload, '$.severity') END AS severity,
  alert.summary,
  (SELECT count(*) FROM delivery WHERE delivery.alert = alert.id AND delivery.state = 'delivered') AS delivered,
  (SELECT count(*) FROM delivery WHERE delivery.alert = alert.id AND delivery.state = 'pending') AS pending,
  (SELECT count(*) FROM delivery WHERE delivery.alert = alert.id AND delivery.state = 'dead') AS dead
FROM alert;

CREATE VIEW v_deliveries AS
SELECT
  delivery.alert,
  alert.type,
  alert.source,
  delivery.channel,
  delivery.state,
  delivery.attempts,
  delivery.raised_at,
  delivery.next_attempt,
  delivery.settled_at,
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
  comparison.at AS compared_at
FROM comparison
JOIN page ON page.id = comparison.page
JOIN page AS other ON other.id = comparison.other;

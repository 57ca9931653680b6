exact AS (
  SELECT id FROM authors WHERE name_key = lower(:author)
), people AS (
  SELECT id FROM exact
  UNION
  SELECT id FROM authors
  WHERE NOT EXISTS (SELECT 1 FROM exact) AND :author <> ''
    AND (instr(name_key, lower(:author)) > 0 OR family_key = lower(:author)
         OR lower(given || ' ' || coalesce(particle || ' ', '') || family) = lower(:author)
         OR given_key || ' ' || family_key = lower(:author))
)

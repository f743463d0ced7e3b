-- A reason may also quote the address of its writer, which an owner refuses, or where it is given out. That goes with them, too.
CREATE OR REPLACE FUNCTION spam_reasons_without_words(reasons jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT COALESCE(jsonb_agg(CASE
    WHEN reason ->> 'rule' = 'spam-score' THEN reason || '{"because": ["words that are deleted"]}'
    WHEN reason ->> 'rule' = 'refused' THEN reason || '{"entry": "…"}'
    WHEN reason ->> 'rule' = 'disposable-mail' THEN reason || '{"domain": "…"}'
    WHEN reason ->> 'rule' IN ('held-word', 'disallowed-word') AND reason ->> 'word' LIKE '%@%' THEN reason || '{"word": "…"}'
    ELSE reason END ORDER BY place), '[]')
  FROM jsonb_array_elements(reasons) WITH ORDINALITY AS r (reason, place)
$$;

-- The desk's search takes letters for the same whether large or small, with accents or without. Of a database in the
-- locale C, as the embedded one is, PostgreSQL's own parser folds ASCII alone, and takes curly quotes and dashes for letters.
CREATE FUNCTION fold_letters(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(normalize(lower(translate(said, '“”„«»‘’‚…–—', '           ')), NFD), '[\u0300-\u036f]', '', 'g');

DROP INDEX "Comment_search_idx";
CREATE INDEX "Comment_search_idx" ON "Comment" USING gin (to_tsvector('simple', fold_letters("name" || ' ' || "source")));

-- Search of posts, ranked, in the blog's language (lib/posts/search.ts, docs/decisions/0035). What is searched is kept beside
-- the text, so that ranking need not read the text again: the words of the title, and those of all, where the title's weigh more.
-- Misspelt words are looked for among those that posts say, by the letters that they share: contrib's pg_trgm, which whoever
-- owns a database may install.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- PostgreSQL's dictionary for a language by its BCP 47 tag; `simple`, which knows no endings, for one that it has none for.
CREATE FUNCTION search_config_for(language text) RETURNS regconfig LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN COALESCE((
  SELECT c.oid::regconfig FROM pg_ts_config c JOIN (VALUES
    ('ar', 'arabic'), ('hy', 'armenian'), ('eu', 'basque'), ('ca', 'catalan'), ('da', 'danish'), ('nl', 'dutch'), ('en', 'english'), ('et', 'estonian'),
    ('fi', 'finnish'), ('fr', 'french'), ('de', 'german'), ('el', 'greek'), ('hi', 'hindi'), ('hu', 'hungarian'), ('id', 'indonesian'), ('ga', 'irish'),
    ('it', 'italian'), ('lt', 'lithuanian'), ('ne', 'nepali'), ('nb', 'norwegian'), ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'),
    ('ro', 'romanian'), ('ru', 'russian'), ('sr', 'serbian'), ('es', 'spanish'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish'), ('yi', 'yiddish')
  ) known (tag, name) ON known.name = c.cfgname
  WHERE known.tag = split_part(lower(language), '-', 1) AND c.cfgnamespace = 'pg_catalog'::regnamespace
), 'simple'::regconfig);

CREATE FUNCTION search_config() RETURNS regconfig LANGUAGE sql STABLE PARALLEL SAFE
RETURN COALESCE((SELECT search_config_for(language) FROM "Site" ORDER BY id LIMIT 1), search_config_for('en'));

ALTER TABLE "Post" ADD COLUMN "searchConfig" regconfig, ADD COLUMN "wordsRevision" INTEGER;
UPDATE "Post" SET "searchConfig" = search_config();

-- So much of a text is looked through: of the longest words of the costliest scripts the rest would not fit into what a
-- tsvector holds, and the post could not be written at all.
ALTER TABLE "Post"
  ADD COLUMN "searchTitle" tsvector GENERATED ALWAYS AS (to_tsvector(COALESCE("searchConfig", 'simple'::regconfig), fold_letters("left"("title", 1000)))) STORED,
  ADD COLUMN "searchWords" tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector(COALESCE("searchConfig", 'simple'::regconfig), fold_letters("left"("title", 1000))), 'A')
    || to_tsvector(COALESCE("searchConfig", 'simple'::regconfig), fold_letters("left"("html", 79000)))
  ) STORED;

DROP INDEX "Post_search_idx";
-- No post waits to be put in: a search would have to read all that wait.
CREATE INDEX "Post_searchWords_idx" ON "Post" USING gin ("searchWords") WITH (fastupdate = off);
CREATE INDEX "Post_searchTitle_idx" ON "Post" USING gin ("searchTitle") WITH (fastupdate = off);

-- A new post is in the language of the blog; one that comes back from a backup says its own.
CREATE FUNCTION post_search_config() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."searchConfig" := COALESCE(NEW."searchConfig", search_config());
  RETURN NEW;
END $$;
CREATE TRIGGER "Post_searchConfig" BEFORE INSERT ON "Post" FOR EACH ROW EXECUTE FUNCTION post_search_config();

-- The words that public posts say, and which of their texts are still to be looked through for them.
CREATE TABLE "SearchWord" (
    "word" VARCHAR(40) NOT NULL,

    CONSTRAINT "SearchWord_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "SearchWord_letters_idx" ON "SearchWord" USING gin ("word" gin_trgm_ops);
CREATE INDEX "Post_words_idx" ON "Post" ("id") WHERE kind = 'post' AND status = 'published' AND "wordsRevision" IS DISTINCT FROM "revision";

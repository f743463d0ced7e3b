-- What the spam score has learned of decisions.
CREATE TYPE "SpamLabel" AS ENUM ('spam', 'ham');

CREATE TABLE "SpamFeature" (
    "id" BIGINT NOT NULL,
    "spam" INTEGER NOT NULL,
    "ham" INTEGER NOT NULL,

    CONSTRAINT "SpamFeature_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SpamLesson" (
    "commentId" UUID NOT NULL,
    "taught" "SpamLabel",
    "owed" "SpamLabel",
    "features" BIGINT[],
    "isStale" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "SpamLesson_pkey" PRIMARY KEY ("commentId")
);

CREATE TABLE "SpamGauge" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "hold" DOUBLE PRECISION NOT NULL,
    "sort" DOUBLE PRECISION NOT NULL,
    "lessons" INTEGER NOT NULL,

    CONSTRAINT "SpamGauge_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "SpamGauge_one" CHECK ("id" = 1 AND "hold" < "sort")
);

CREATE INDEX "SpamLesson_isStale_commentId_idx" ON "SpamLesson"("isStale", "commentId");

CREATE INDEX "SpamLesson_taught_commentId_idx" ON "SpamLesson"("taught", "commentId");

ALTER TABLE "SpamLesson" ADD CONSTRAINT "SpamLesson_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The newest of what was decided before this version, or came with an import, is to be learned; the hourly job does.
-- Which of them a person has decided, the job finds out (lib/moderation/spam-learning.ts).
INSERT INTO "SpamLesson" ("commentId", "features")
SELECT "id", '{}' FROM (
  (SELECT "id" FROM "Comment" WHERE "status" = 'approved' AND "kind" = 'comment' ORDER BY "createdAt" DESC, "id" DESC LIMIT 5000)
  UNION ALL
  (SELECT "id" FROM "Comment" WHERE "status" = 'spam' AND "kind" = 'comment' ORDER BY "createdAt" DESC, "id" DESC LIMIT 5000)
) newest;

-- A reason of the spam score quotes words of the comment. They go with its text, and nothing else of an event ever changes.
CREATE FUNCTION spam_reasons_without_words(reasons jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT COALESCE(jsonb_agg(CASE WHEN reason ->> 'rule' = 'spam-score' THEN reason || '{"because": ["words that are deleted"]}' ELSE reason END ORDER BY place), '[]')
  FROM jsonb_array_elements(reasons) WITH ORDINALITY AS r (reason, place)
$$;

CREATE OR REPLACE FUNCTION moderation_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM "Comment" WHERE "id" = OLD."commentId") THEN
      RETURN OLD;
    END IF;
  ELSIF OLD."actorId" IS NOT NULL AND NEW."actorId" IS NULL
    AND (to_jsonb(NEW) - 'actorId') = (to_jsonb(OLD) - 'actorId')
    AND NOT EXISTS (SELECT 1 FROM "User" WHERE "id" = OLD."actorId") THEN
    RETURN NEW;
  ELSIF (to_jsonb(NEW) - 'reasons') = (to_jsonb(OLD) - 'reasons') AND NEW."reasons" = spam_reasons_without_words(OLD."reasons") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A moderation event is never changed or deleted.' USING ERRCODE = 'restrict_violation';
END
$$;

-- How carefully comments under a post are let through, and whether the blog's rule of days closes them.
CREATE TYPE "Care" AS ENUM ('open', 'careful', 'sensitive');

ALTER TABLE "Post"
  ADD COLUMN "commentsByAge" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "care" "Care" NOT NULL DEFAULT 'open',
  ADD COLUMN "helpline" VARCHAR(1000) NOT NULL DEFAULT '';

CREATE TABLE "ScreeningRules" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "holdAll" BOOLEAN NOT NULL DEFAULT false,
    "maxLinks" INTEGER NOT NULL DEFAULT 2,
    "heldWords" TEXT[],
    "disallowedWords" TEXT[],
    "trusted" TEXT[],
    "refused" TEXT[],
    "floodSeconds" INTEGER NOT NULL DEFAULT 15,
    "sensitiveFloodSeconds" INTEGER NOT NULL DEFAULT 120,
    "spamAbove" INTEGER NOT NULL DEFAULT 80,
    "newPostCare" "Care" NOT NULL DEFAULT 'open',
    "sensitiveDays" INTEGER NOT NULL DEFAULT 14,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScreeningRules_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ScreeningRules_one" CHECK ("id" = 1),
    CONSTRAINT "ScreeningRules_numbers" CHECK ("maxLinks" >= 0 AND "floodSeconds" >= 0 AND "sensitiveFloodSeconds" >= 0 AND "spamAbove" BETWEEN 0 AND 100 AND "sensitiveDays" >= 0)
);

-- The rules that the site had so far.
INSERT INTO "ScreeningRules" ("id", "holdAll", "maxLinks", "heldWords", "disallowedWords", "trusted", "refused", "floodSeconds")
SELECT 1, "holdAll", greatest("maxLinks", 0), coalesce("heldWords", '{}'), coalesce("disallowedWords", '{}'), '{}', '{}', greatest("floodSeconds", 0) FROM "Site" WHERE "id" = 1;

ALTER TABLE "Site"
  DROP COLUMN "holdAll", DROP COLUMN "maxLinks", DROP COLUMN "heldWords", DROP COLUMN "disallowedWords", DROP COLUMN "floodSeconds",
  ADD COLUMN "closeAfterDays" INTEGER NOT NULL DEFAULT 0;

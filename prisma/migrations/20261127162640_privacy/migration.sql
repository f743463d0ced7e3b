-- CreateEnum
CREATE TYPE "RemovalOutcome" AS ENUM ('removed', 'changed', 'kept');

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "mailDays" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN     "networkDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "removalDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "spamDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "trashDays" INTEGER NOT NULL DEFAULT 30;

-- CreateTable
CREATE TABLE "NetworkKey" (
    "period" INTEGER NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "NetworkKey_pkey" PRIMARY KEY ("period")
);

-- CreateTable
CREATE TABLE "DataRequest" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DataRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemovalRequest" (
    "id" UUID NOT NULL,
    "name" VARCHAR(245) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "provenAt" TIMESTAMPTZ(3),
    "place" VARCHAR(1000) NOT NULL,
    "words" VARCHAR(5000) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "remindedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "outcome" "RemovalOutcome",
    "answer" VARCHAR(2000) NOT NULL DEFAULT '',
    "answeredById" UUID,

    CONSTRAINT "RemovalRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DataRequest_email_createdAt_idx" ON "DataRequest"("email", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "DataRequest_expires_idx" ON "DataRequest"("expires");

-- CreateIndex
CREATE INDEX "RemovalRequest_answeredAt_dueAt_idx" ON "RemovalRequest"("answeredAt", "dueAt");

-- CreateIndex
CREATE INDEX "RemovalRequest_answeredById_idx" ON "RemovalRequest"("answeredById");

-- AddForeignKey
ALTER TABLE "RemovalRequest" ADD CONSTRAINT "RemovalRequest_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A word of the owner's list may be somebody's name: with the text goes what was found in it, whatever it is.
CREATE OR REPLACE FUNCTION spam_reasons_without_words(reasons jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT COALESCE(jsonb_agg(CASE
    WHEN reason ->> 'rule' = 'spam-score' THEN reason || '{"because": ["words that are deleted"]}'
    WHEN reason ->> 'rule' = 'refused' THEN reason || '{"entry": "…"}'
    WHEN reason ->> 'rule' = 'disposable-mail' THEN reason || '{"domain": "…"}'
    WHEN reason ->> 'rule' IN ('held-word', 'disallowed-word') THEN reason || '{"word": "…"}'
    ELSE reason END ORDER BY place), '[]')
  FROM jsonb_array_elements(reasons) WITH ORDINALITY AS r (reason, place)
$$;

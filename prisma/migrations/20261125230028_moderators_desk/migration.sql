-- CreateEnum
CREATE TYPE "DeclineReason" AS ENUM ('unkind', 'personal', 'offTopic', 'promotion', 'unclear', 'other');

-- CreateEnum
CREATE TYPE "ReportReason" AS ENUM ('private', 'unkind', 'spam', 'other');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "Decision" ADD VALUE 'edit';
ALTER TYPE "Decision" ADD VALUE 'decline';
ALTER TYPE "Decision" ADD VALUE 'report';

-- DropIndex
DROP INDEX "Comment_pseudonymId_idx";

-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "isUrgent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rewordsId" UUID,
ADD COLUMN     "risk" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "rule" VARCHAR(40);

-- AlterTable
ALTER TABLE "CommentRevision" ADD COLUMN     "editedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ModerationEvent" ADD COLUMN     "batchId" UUID,
ADD COLUMN     "fromRevision" INTEGER,
ADD COLUMN     "toRevision" INTEGER;

-- AlterTable
ALTER TABLE "PersonEvent" ADD COLUMN     "reason" VARCHAR(1000) NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "PersonNote" ADD COLUMN     "commentId" UUID;

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "reportsToHold" INTEGER NOT NULL DEFAULT 3;

-- AlterTable
ALTER TABLE "User" RENAME COLUMN "suspendedUntil" TO "standingUntil";
ALTER TABLE "User" ADD COLUMN     "deskKeys" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "heldNotices" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "standingReason" VARCHAR(500) NOT NULL DEFAULT '',
ADD COLUMN     "warning" VARCHAR(1000) NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "Decline" (
    "eventId" UUID NOT NULL,
    "commentId" UUID NOT NULL,
    "reason" "DeclineReason" NOT NULL,
    "words" VARCHAR(2000) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Decline_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "commentId" UUID NOT NULL,
    "reason" "ReportReason" NOT NULL,
    "words" VARCHAR(1000) NOT NULL DEFAULT '',
    "userId" UUID,
    "reporterHash" VARCHAR(64),
    "ipHash" VARCHAR(64),
    "tellOutcome" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),
    "answer" "CommentStatus",

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionLink" (
    "id" UUID NOT NULL,
    "tokenHash" VARCHAR(64) NOT NULL,
    "commentId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DecisionLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkAct" (
    "id" UUID NOT NULL,
    "actorId" UUID,
    "decision" "Decision" NOT NULL,
    "filter" JSONB NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "undoesBatchId" UUID,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueueCount" (
    "id" BIGSERIAL NOT NULL,
    "postId" UUID,
    "status" "CommentStatus" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "QueueCount_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Decline_commentId_createdAt_idx" ON "Decline"("commentId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Report_commentId_answeredAt_idx" ON "Report"("commentId", "answeredAt");

-- CreateIndex
CREATE INDEX "Report_userId_idx" ON "Report"("userId");

-- CreateIndex
CREATE INDEX "Report_ipHash_createdAt_idx" ON "Report"("ipHash", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Report_commentId_userId_key" ON "Report"("commentId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_commentId_reporterHash_key" ON "Report"("commentId", "reporterHash");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionLink_tokenHash_key" ON "DecisionLink"("tokenHash");

-- CreateIndex
CREATE INDEX "DecisionLink_commentId_idx" ON "DecisionLink"("commentId");

-- CreateIndex
CREATE INDEX "DecisionLink_userId_idx" ON "DecisionLink"("userId");

-- CreateIndex
CREATE INDEX "DecisionLink_expires_idx" ON "DecisionLink"("expires");

-- CreateIndex
CREATE INDEX "BulkAct_actorId_createdAt_idx" ON "BulkAct"("actorId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "QueueCount_postId_status_idx" ON "QueueCount"("postId", "status");

-- CreateIndex
CREATE INDEX "Comment_status_risk_createdAt_id_idx" ON "Comment"("status", "risk" DESC, "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Comment_status_rule_createdAt_id_idx" ON "Comment"("status", "rule", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Comment_postId_status_createdAt_id_idx" ON "Comment"("postId", "status", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Comment_userId_status_idx" ON "Comment"("userId", "status");

-- CreateIndex
CREATE INDEX "Comment_email_status_idx" ON "Comment"("email", "status");

-- CreateIndex
CREATE INDEX "Comment_pseudonymId_status_idx" ON "Comment"("pseudonymId", "status");

-- CreateIndex
CREATE INDEX "Comment_rewordsId_idx" ON "Comment"("rewordsId");

-- CreateIndex
CREATE INDEX "ModerationEvent_createdAt_id_idx" ON "ModerationEvent"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ModerationEvent_batchId_idx" ON "ModerationEvent"("batchId");

-- CreateIndex
CREATE INDEX "PersonNote_commentId_createdAt_idx" ON "PersonNote"("commentId", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "PersonNote" ADD CONSTRAINT "PersonNote_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_rewordsId_fkey" FOREIGN KEY ("rewordsId") REFERENCES "Comment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decline" ADD CONSTRAINT "Decline_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionLink" ADD CONSTRAINT "DecisionLink_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionLink" ADD CONSTRAINT "DecisionLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkAct" ADD CONSTRAINT "BulkAct_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE "PersonNote"
  DROP CONSTRAINT "PersonNote_about_check",
  ADD CONSTRAINT "PersonNote_about_check" CHECK (num_nonnulls("userId", "pseudonymId", "commentId") = 1);
ALTER TABLE "Comment"
  ADD CONSTRAINT "Comment_risk_check" CHECK ("risk" BETWEEN 0 AND 1000);
ALTER TABLE "Site"
  ADD CONSTRAINT "Site_reportsToHold_check" CHECK ("reportsToHold" >= 0);

-- The desk's search, and what stands at the top of Pending. Both names are in SQL_ONLY_INDEXES (server/migrations.ts).
-- Of a database in the locale C, as the embedded one is, the text parser takes curly quotes and dashes for letters.
CREATE INDEX "Comment_search_idx" ON "Comment" USING gin (to_tsvector('simple', translate("name" || ' ' || "source", '“”„«»‘’‚…–—', '           ')));
CREATE INDEX "Comment_urgent_idx" ON "Comment" ("createdAt" DESC, "id" DESC) WHERE "isUrgent";

-- Before the triggers: what decided when it came, of comments that came before this migration.
UPDATE "Comment" c SET "rule" = e."reasons"->0->>'rule'
FROM "ModerationEvent" e WHERE e."commentId" = c."id" AND e."decision" = 'submit' AND e."reasons"->0->>'rule' IS NOT NULL;
UPDATE "Comment" SET "risk" = CASE "rule"
  WHEN 'disallowed-word' THEN 90 WHEN 'unproven-identity' THEN 70 WHEN 'links' THEN 60 WHEN 'held-word' THEN 60 WHEN 'always-held' THEN 50
  WHEN 'pseudonym' THEN 40 WHEN 'first-comment' THEN 30 WHEN 'hold-all' THEN 10 ELSE 0 END
WHERE "rule" IS NOT NULL;

-- The counts of the queues as sums, so that no two changes wait for one another and no page counts a million rows.
INSERT INTO "QueueCount" ("postId", "status", "count")
SELECT "postId", "status", count(*) FROM "Comment" GROUP BY GROUPING SETS (("postId", "status"), ("status"));

CREATE FUNCTION count_queues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "QueueCount" ("postId", "status", "count")
    SELECT "postId", "status", count(*) FROM added GROUP BY GROUPING SETS (("postId", "status"), ("status"));
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "QueueCount" ("postId", "status", "count")
    SELECT "postId", "status", -count(*) FROM gone GROUP BY GROUPING SETS (("postId", "status"), ("status"));
  ELSE
    INSERT INTO "QueueCount" ("postId", "status", "count")
    SELECT "postId", "status", sum(n) FROM (
      SELECT added."postId", added."status", 1 AS n FROM added JOIN gone USING ("id") WHERE (added."status", added."postId") IS DISTINCT FROM (gone."status", gone."postId")
      UNION ALL
      SELECT gone."postId", gone."status", -1 FROM added JOIN gone USING ("id") WHERE (added."status", added."postId") IS DISTINCT FROM (gone."status", gone."postId")
    ) moved GROUP BY GROUPING SETS (("postId", "status"), ("status")) HAVING sum(n) <> 0;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "Comment_count_added" AFTER INSERT ON "Comment" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_queues();
CREATE TRIGGER "Comment_count_moved" AFTER UPDATE ON "Comment" REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_queues();
CREATE TRIGGER "Comment_count_gone" AFTER DELETE ON "Comment" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_queues();

-- Every desk that is open hears of every decision, whoever made it, when it commits. More than NOTIFY can carry is `many`.
CREATE FUNCTION tell_desks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  many integer;
  ids text;
BEGIN
  SELECT count(*), string_agg("id"::text, ',') INTO many, ids FROM added;
  IF many > 0 THEN
    PERFORM pg_notify('soapbox_desk', CASE WHEN many > 100 THEN 'many' ELSE ids END);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "ModerationEvent_tell_desks" AFTER INSERT ON "ModerationEvent" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tell_desks();

-- CreateEnum
CREATE TYPE "Frequency" AS ENUM ('instant', 'daily', 'weekly');

-- CreateEnum
CREATE TYPE "ThreadScope" AS ENUM ('all', 'replies');

-- CreateEnum
CREATE TYPE "PauseReason" AS ENUM ('bounced', 'complained');

-- AlterEnum
ALTER TYPE "Decision" ADD VALUE 'withdraw';

-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "announcedAt" TIMESTAMPTZ(3),
ADD COLUMN     "editsId" UUID,
ADD COLUMN     "isWithdrawn" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "commentId" UUID,
ADD COLUMN     "headers" JSONB,
ADD COLUMN     "subscriberId" UUID;

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "announcedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "mailsWholePosts" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Subscriber" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254),
    "emailMark" CHAR(64) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),
    "pausedAt" TIMESTAMPTZ(3),
    "pauseReason" "PauseReason",
    "importedFrom" VARCHAR(60),
    "welcomedAt" TIMESTAMPTZ(3),
    "posts" "Frequency",
    "postsSince" TIMESTAMPTZ(3),
    "postsToldAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Subscriber_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ThreadSubscription" (
    "subscriberId" UUID NOT NULL,
    "postId" UUID NOT NULL,
    "commentId" UUID,
    "scope" "ThreadScope" NOT NULL DEFAULT 'all',
    "frequency" "Frequency" NOT NULL DEFAULT 'instant',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "toldAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ThreadSubscription_pkey" PRIMARY KEY ("subscriberId","postId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Subscriber_email_key" ON "Subscriber"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Subscriber_emailMark_key" ON "Subscriber"("emailMark");

-- CreateIndex
CREATE INDEX "Subscriber_posts_confirmedAt_idx" ON "Subscriber"("posts", "confirmedAt");

-- CreateIndex
CREATE INDEX "ThreadSubscription_postId_idx" ON "ThreadSubscription"("postId");

-- CreateIndex
CREATE INDEX "ThreadSubscription_frequency_toldAt_idx" ON "ThreadSubscription"("frequency", "toldAt");

-- CreateIndex
CREATE INDEX "Comment_editsId_idx" ON "Comment"("editsId");

-- CreateIndex
CREATE INDEX "Mail_commentId_idx" ON "Mail"("commentId");

-- CreateIndex
CREATE INDEX "Mail_subscriberId_idx" ON "Mail"("subscriberId");

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "Subscriber"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadSubscription" ADD CONSTRAINT "ThreadSubscription_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "Subscriber"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadSubscription" ADD CONSTRAINT "ThreadSubscription_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_editsId_fkey" FOREIGN KEY ("editsId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is out already is no news to anybody.
UPDATE "Post" SET "announcedAt" = COALESCE("publishedAt", "createdAt") WHERE "publishedAt" <= now();

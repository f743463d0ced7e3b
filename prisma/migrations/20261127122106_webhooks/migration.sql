-- CreateEnum
CREATE TYPE "WebhookEvent" AS ENUM ('commentCreated', 'commentDecided', 'postPublished', 'test');

-- CreateEnum
CREATE TYPE "WebhookStop" AS ENUM ('dead', 'gone');

-- CreateEnum
CREATE TYPE "WebhookFailure" AS ENUM ('silent', 'inside', 'refused', 'off', 'hidden');

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "firstOutAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" UUID NOT NULL,
    "url" VARCHAR(2000) NOT NULL,
    "events" "WebhookEvent"[],
    "isOn" BOOLEAN NOT NULL DEFAULT true,
    "stopped" "WebhookStop",
    "deadInARow" INTEGER NOT NULL DEFAULT 0,
    "secretNumber" INTEGER NOT NULL DEFAULT 1,
    "secretMadeAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "event" "WebhookEvent" NOT NULL,
    "commentId" UUID,
    "postId" UUID,
    "facts" JSONB NOT NULL,
    "origin" VARCHAR(300) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "busyUntil" TIMESTAMPTZ(3),
    "nextTryAt" TIMESTAMPTZ(3),
    "triedAt" TIMESTAMPTZ(3),
    "answer" SMALLINT,
    "failure" "WebhookFailure",
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WebhookDelivery_webhookId_idx" ON "WebhookDelivery"("webhookId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_createdAt_id_idx" ON "WebhookDelivery"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookDelivery_commentId_idx" ON "WebhookDelivery"("commentId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_postId_idx" ON "WebhookDelivery"("postId");

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What came out before is not told of when it comes out again.
UPDATE "Post" SET "firstOutAt" = "publishedAt" WHERE "publishedAt" <= now();

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "failedAt" TIMESTAMPTZ(3);

-- When earlier ones failed was not kept.
UPDATE "Mail" SET "failedAt" = "createdAt" WHERE failure IS NOT NULL;

-- CreateIndex
CREATE INDEX "Mail_sentAt_idx" ON "Mail"("sentAt");

-- CreateIndex
CREATE INDEX "Mail_failedAt_idx" ON "Mail"("failedAt");

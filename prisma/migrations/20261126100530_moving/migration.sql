-- CreateEnum
CREATE TYPE "MediaFailure" AS ENUM ('forbidden', 'notFound', 'invalid', 'tooLarge', 'unavailable');

-- CreateEnum
CREATE TYPE "TransferState" AS ENUM ('uploading', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "MediaAsset" ADD COLUMN     "name" VARCHAR(255) NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "MediaSource" (
    "address" TEXT NOT NULL,
    "assetId" UUID,
    "failure" "MediaFailure",
    "triedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MediaSource_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "Transfer" (
    "id" UUID NOT NULL,
    "actorId" UUID,
    "fileName" VARCHAR(255) NOT NULL,
    "bytes" BIGINT NOT NULL,
    "received" BIGINT NOT NULL DEFAULT 0,
    "state" "TransferState" NOT NULL DEFAULT 'uploading',
    "withMedia" BOOLEAN NOT NULL DEFAULT true,
    "isStopping" BOOLEAN NOT NULL DEFAULT false,
    "progress" JSONB,
    "report" JSONB,
    "message" TEXT NOT NULL DEFAULT '',
    "beatAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TransferPiece" (
    "transferId" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "TransferPiece_pkey" PRIMARY KEY ("transferId","no")
);

-- CreateIndex
CREATE INDEX "MediaSource_assetId_idx" ON "MediaSource"("assetId");

-- CreateIndex
CREATE INDEX "Transfer_createdAt_idx" ON "Transfer"("createdAt" DESC);

-- CreateIndex
CREATE INDEX "Transfer_actorId_idx" ON "Transfer"("actorId");

-- AddForeignKey
ALTER TABLE "MediaSource" ADD CONSTRAINT "MediaSource_assetId_fkey" FOREIGN KEY ("assetId") REFERENCES "MediaAsset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TransferPiece" ADD CONSTRAINT "TransferPiece_transferId_fkey" FOREIGN KEY ("transferId") REFERENCES "Transfer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

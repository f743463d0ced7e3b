-- AlterTable
ALTER TABLE "BulkAct" ADD COLUMN     "isStopped" BOOLEAN NOT NULL DEFAULT false;

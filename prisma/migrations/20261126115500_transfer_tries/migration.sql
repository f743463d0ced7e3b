-- AlterTable
ALTER TABLE "Transfer" ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

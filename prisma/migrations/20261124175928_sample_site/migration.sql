-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "sample" BOOLEAN NOT NULL DEFAULT false;

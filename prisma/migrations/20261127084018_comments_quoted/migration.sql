-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "quotesComments" BOOLEAN NOT NULL DEFAULT true;

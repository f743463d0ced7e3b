-- CreateEnum
CREATE TYPE "Rhythm" AS ENUM ('instant', 'hourly', 'daily');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "newNotices" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "newsToldAt" TIMESTAMPTZ(3),
ADD COLUMN     "noticeRhythm" "Rhythm" NOT NULL DEFAULT 'instant',
ADD COLUMN     "reportNotices" BOOLEAN NOT NULL DEFAULT false;

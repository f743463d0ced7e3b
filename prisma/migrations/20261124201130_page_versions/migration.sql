-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "commentsCloseAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PageVersion" (
    "slot" SMALLINT NOT NULL,
    "version" BIGINT NOT NULL,

    CONSTRAINT "PageVersion_pkey" PRIMARY KEY ("slot")
);

-- CreateEnum
CREATE TYPE "MentionWay" AS ENUM ('mention', 'reply', 'like', 'repost');

-- AlterTable
ALTER TABLE "Comment" ALTER COLUMN "website" SET DATA TYPE VARCHAR(2000);

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "acceptsMentions" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "Mention" (
    "commentId" UUID NOT NULL,
    "postId" UUID NOT NULL,
    "sourceMark" CHAR(64) NOT NULL,
    "target" VARCHAR(2000) NOT NULL,
    "way" "MentionWay" NOT NULL DEFAULT 'mention',

    CONSTRAINT "Mention_pkey" PRIMARY KEY ("commentId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Mention_postId_sourceMark_key" ON "Mention"("postId", "sourceMark");

-- AddForeignKey
ALTER TABLE "Mention" ADD CONSTRAINT "Mention_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

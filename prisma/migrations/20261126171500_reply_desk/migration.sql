-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "noReplyAct" UUID;

-- CreateIndex
CREATE INDEX "Comment_noReplyAct_idx" ON "Comment"("noReplyAct");

-- What may wait for an answer, post by post and oldest first: what was written here apart from what came with an import.
CREATE INDEX "Comment_unanswered_idx" ON "Comment" ("postId", ("rule" IS NULL), "createdAt", "id") INCLUDE ("userId") WHERE "status" = 'approved' AND "kind" = 'comment' AND NOT "needsNoReply";
-- Who has answered what, without a look at the comments themselves.
CREATE INDEX "Comment_answers_idx" ON "Comment" ("parentId", "userId") WHERE "status" = 'approved' AND "parentId" IS NOT NULL;

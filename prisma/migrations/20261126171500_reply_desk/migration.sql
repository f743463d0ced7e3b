-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "noReplyAct" UUID;

-- CreateIndex
CREATE INDEX "Comment_noReplyAct_idx" ON "Comment"("noReplyAct");

-- What may wait for an answer, post by post and oldest first, of what was written here: what an import brought has no rule.
CREATE INDEX "Comment_unanswered_idx" ON "Comment" ("postId", "createdAt", "id") INCLUDE ("userId") WHERE "status" = 'approved' AND "kind" = 'comment' AND NOT "needsNoReply" AND "rule" IS NOT NULL;
-- What somebody has answered, without a look at the comments themselves.
CREATE INDEX "Comment_answers_idx" ON "Comment" ("userId", "parentId") WHERE "status" = 'approved' AND "parentId" IS NOT NULL;

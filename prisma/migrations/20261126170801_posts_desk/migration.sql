-- AlterTable
ALTER TABLE "PostEditing" ADD COLUMN     "savedFrom" VARCHAR(40),
ADD COLUMN     "savedTo" VARCHAR(40);

-- CreateIndex
CREATE INDEX "Post_sticky_idx" ON "Post"("sticky");

-- Of what was imported before, an excerpt that does not break off was written by its author: it is not made anew.
UPDATE "Post" p SET "isOwnExcerpt" = true WHERE p.excerpt <> '' AND right(p.excerpt, 1) <> '…'
  AND EXISTS (SELECT FROM "ImportKey" k WHERE k.kind = 'post' AND k."targetId" = p.id);

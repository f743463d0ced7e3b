-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "coverId" UUID;

-- CreateIndex
CREATE INDEX "Post_coverId_idx" ON "Post"("coverId");

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_coverId_fkey" FOREIGN KEY ("coverId") REFERENCES "MediaAsset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

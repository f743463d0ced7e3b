-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "needsNoReply" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "MediaAsset" ADD COLUMN     "measuredAt" TIMESTAMPTZ(3),
ADD COLUMN     "uploadedById" UUID,
ADD COLUMN     "widths" INTEGER[];

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "coverAlt" VARCHAR(1000) NOT NULL DEFAULT '',
ADD COLUMN     "coverFocusX" SMALLINT NOT NULL DEFAULT 50,
ADD COLUMN     "coverFocusY" SMALLINT NOT NULL DEFAULT 50,
ADD COLUMN     "isOwnExcerpt" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "password" VARCHAR(200),
ADD COLUMN     "previewToken" VARCHAR(43),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "trashedAt" TIMESTAMPTZ(3),
ADD COLUMN     "trashedFrom" "PostStatus";

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "about" VARCHAR(2000) NOT NULL DEFAULT '',
ADD COLUMN     "conduct" VARCHAR(5000) NOT NULL DEFAULT '',
ADD COLUMN     "downloadedAt" TIMESTAMPTZ(3),
ADD COLUMN     "iconId" UUID,
ADD COLUMN     "mailTriedAt" TIMESTAMPTZ(3),
ADD COLUMN     "menu" JSONB,
ADD COLUMN     "palette" VARCHAR(20) NOT NULL DEFAULT 'clay',
ADD COLUMN     "pictureId" UUID,
ADD COLUMN     "social" TEXT[],
ADD COLUMN     "stepsHidden" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "PostDraft" (
    "postId" UUID NOT NULL,
    "fields" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "savedById" UUID,
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PostDraft_pkey" PRIMARY KEY ("postId")
);

-- CreateTable
CREATE TABLE "PostRevision" (
    "id" UUID NOT NULL,
    "postId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL DEFAULT '',
    "byId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PostRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PostEditing" (
    "postId" UUID NOT NULL,
    "tab" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "beatAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PostEditing_pkey" PRIMARY KEY ("postId","tab")
);

-- CreateTable
CREATE TABLE "ReadCount" (
    "day" DATE NOT NULL,
    "postId" UUID NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ReadCount_pkey" PRIMARY KEY ("day","postId")
);

-- CreateTable
CREATE TABLE "ReadMark" (
    "day" DATE NOT NULL,
    "mark" BYTEA NOT NULL,

    CONSTRAINT "ReadMark_pkey" PRIMARY KEY ("day","mark")
);

-- CreateTable
CREATE TABLE "ReadSalt" (
    "day" DATE NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "ReadSalt_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "MediaUse" (
    "postId" UUID NOT NULL,
    "sha256" CHAR(64) NOT NULL,

    CONSTRAINT "MediaUse_pkey" PRIMARY KEY ("postId","sha256")
);

-- CreateIndex
CREATE INDEX "PostDraft_savedById_idx" ON "PostDraft"("savedById");

-- CreateIndex
CREATE INDEX "PostRevision_byId_idx" ON "PostRevision"("byId");

-- CreateIndex
CREATE UNIQUE INDEX "PostRevision_postId_revision_key" ON "PostRevision"("postId", "revision");

-- CreateIndex
CREATE INDEX "PostEditing_userId_idx" ON "PostEditing"("userId");

-- CreateIndex
CREATE INDEX "PostEditing_beatAt_idx" ON "PostEditing"("beatAt");

-- CreateIndex
CREATE INDEX "ReadCount_postId_day_idx" ON "ReadCount"("postId", "day");

-- CreateIndex
CREATE INDEX "MediaUse_sha256_idx" ON "MediaUse"("sha256");

-- CreateIndex
CREATE INDEX "MediaAsset_createdAt_id_idx" ON "MediaAsset"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "MediaAsset_uploadedById_createdAt_idx" ON "MediaAsset"("uploadedById", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "MediaAsset_measuredAt_idx" ON "MediaAsset"("measuredAt");

-- CreateIndex
CREATE UNIQUE INDEX "Post_previewToken_key" ON "Post"("previewToken");

-- CreateIndex
CREATE INDEX "Post_status_publishedAt_idx" ON "Post"("status", "publishedAt");

-- CreateIndex
CREATE INDEX "Site_pictureId_idx" ON "Site"("pictureId");

-- CreateIndex
CREATE INDEX "Site_iconId_idx" ON "Site"("iconId");

-- AddForeignKey
ALTER TABLE "Site" ADD CONSTRAINT "Site_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "MediaAsset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Site" ADD CONSTRAINT "Site_iconId_fkey" FOREIGN KEY ("iconId") REFERENCES "MediaAsset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostDraft" ADD CONSTRAINT "PostDraft_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostDraft" ADD CONSTRAINT "PostDraft_savedById_fkey" FOREIGN KEY ("savedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostRevision" ADD CONSTRAINT "PostRevision_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostRevision" ADD CONSTRAINT "PostRevision_byId_fkey" FOREIGN KEY ("byId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostEditing" ADD CONSTRAINT "PostEditing_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostEditing" ADD CONSTRAINT "PostEditing_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadCount" ADD CONSTRAINT "ReadCount_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaAsset" ADD CONSTRAINT "MediaAsset_uploadedById_fkey" FOREIGN KEY ("uploadedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaUse" ADD CONSTRAINT "MediaUse_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

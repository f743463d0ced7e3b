-- Session tokens are kept as hashes from here on: whoever is signed in signs in anew.
DELETE FROM "Session";

-- CreateEnum
CREATE TYPE "SignInWay" AS ENUM ('google', 'twitter', 'facebook', 'email');

-- CreateEnum
CREATE TYPE "CommentsAfter" AS ENUM ('anonymise', 'remove');

-- AlterTable
ALTER TABLE "Account" DROP COLUMN "access_token",
DROP COLUMN "expires_at",
DROP COLUMN "id_token",
DROP COLUMN "refresh_token",
DROP COLUMN "scope",
DROP COLUMN "session_state",
DROP COLUMN "token_type",
ADD COLUMN     "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "statedEmail" VARCHAR(254);

-- AlterTable
ALTER TABLE "Comment" ADD COLUMN     "pseudonymId" UUID;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "id" UUID NOT NULL,
ADD COLUMN     "userAgent" VARCHAR(300) NOT NULL DEFAULT '',
ADD COLUMN     "way" "SignInWay" NOT NULL DEFAULT 'email';

-- AlterTable
ALTER TABLE "User" DROP COLUMN "image",
ADD COLUMN     "deleteAt" TIMESTAMPTZ(3),
ADD COLUMN     "deleteComments" "CommentsAfter",
ADD COLUMN     "showPicture" BOOLEAN NOT NULL DEFAULT true;

-- DropTable
DROP TABLE "VerificationToken";

-- CreateTable
CREATE TABLE "SignInLink" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "tokenHash" VARCHAR(64) NOT NULL,
    "codeHash" VARCHAR(64),
    "browserHash" VARCHAR(64),
    "wrongCodes" INTEGER NOT NULL DEFAULT 0,
    "returnTo" TEXT NOT NULL DEFAULT '/',
    "ipHash" VARCHAR(64),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "role" "Role" NOT NULL,
    "tokenHash" VARCHAR(64) NOT NULL,
    "invitedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProviderState" (
    "way" "SignInWay" NOT NULL,
    "lastWorkedAt" TIMESTAMPTZ(3),
    "lastFailedAt" TIMESTAMPTZ(3),
    "lastFailure" VARCHAR(500) NOT NULL DEFAULT '',

    CONSTRAINT "ProviderState_pkey" PRIMARY KEY ("way")
);

-- CreateTable
CREATE TABLE "Picture" (
    "userId" UUID NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "mimeType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "source" TEXT NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Pseudonym" (
    "id" UUID NOT NULL,
    "postId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" VARCHAR(245) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pseudonym_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonEvent" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "actorId" UUID,
    "what" VARCHAR(20) NOT NULL,
    "from" VARCHAR(60) NOT NULL,
    "to" VARCHAR(60) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PersonEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonNote" (
    "id" UUID NOT NULL,
    "userId" UUID,
    "pseudonymId" UUID,
    "byId" UUID,
    "text" VARCHAR(2000) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PersonNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommentDraft" (
    "browserHash" VARCHAR(64) NOT NULL,
    "postId" UUID NOT NULL,
    "parent" VARCHAR(12) NOT NULL DEFAULT '',
    "entered" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CommentDraft_pkey" PRIMARY KEY ("browserHash","postId")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" UUID NOT NULL,
    "to" VARCHAR(254) NOT NULL,
    "subject" VARCHAR(300) NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "failure" VARCHAR(500),

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SignInLink_tokenHash_key" ON "SignInLink"("tokenHash");

-- CreateIndex
CREATE INDEX "SignInLink_email_createdAt_idx" ON "SignInLink"("email", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "SignInLink_ipHash_createdAt_idx" ON "SignInLink"("ipHash", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "SignInLink_browserHash_createdAt_idx" ON "SignInLink"("browserHash", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "SignInLink_createdAt_idx" ON "SignInLink"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_email_idx" ON "Invitation"("email");

-- CreateIndex
CREATE INDEX "Picture_sha256_idx" ON "Picture"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Pseudonym_postId_userId_key" ON "Pseudonym"("postId", "userId");

-- CreateIndex
CREATE INDEX "PersonEvent_userId_createdAt_idx" ON "PersonEvent"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "PersonEvent_actorId_idx" ON "PersonEvent"("actorId");

-- CreateIndex
CREATE INDEX "PersonNote_userId_createdAt_idx" ON "PersonNote"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "PersonNote_pseudonymId_createdAt_idx" ON "PersonNote"("pseudonymId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "PersonNote_byId_idx" ON "PersonNote"("byId");

-- CreateIndex
CREATE INDEX "CommentDraft_expires_idx" ON "CommentDraft"("expires");

-- CreateIndex
CREATE INDEX "CommentDraft_postId_idx" ON "CommentDraft"("postId");

-- CreateIndex
CREATE INDEX "Mail_createdAt_id_idx" ON "Mail"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Account_statedEmail_idx" ON "Account"("statedEmail");

-- CreateIndex
CREATE INDEX "Comment_pseudonymId_idx" ON "Comment"("pseudonymId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");

-- CreateIndex
CREATE INDEX "User_deleteAt_idx" ON "User"("deleteAt");

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pseudonym" ADD CONSTRAINT "Pseudonym_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pseudonym" ADD CONSTRAINT "Pseudonym_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonEvent" ADD CONSTRAINT "PersonEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonEvent" ADD CONSTRAINT "PersonEvent_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNote" ADD CONSTRAINT "PersonNote_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNote" ADD CONSTRAINT "PersonNote_pseudonymId_fkey" FOREIGN KEY ("pseudonymId") REFERENCES "Pseudonym"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNote" ADD CONSTRAINT "PersonNote_byId_fkey" FOREIGN KEY ("byId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommentDraft" ADD CONSTRAINT "CommentDraft_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_pseudonymId_fkey" FOREIGN KEY ("pseudonymId") REFERENCES "Pseudonym"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE "Comment"
  ADD CONSTRAINT "Comment_pseudonym_check" CHECK ("pseudonymId" IS NULL OR ("email" IS NULL AND "website" IS NULL));
ALTER TABLE "PersonNote"
  ADD CONSTRAINT "PersonNote_about_check" CHECK (num_nonnulls("userId", "pseudonymId") = 1);
ALTER TABLE "User"
  ADD CONSTRAINT "User_deletion_check" CHECK (("deleteAt" IS NULL) = ("deleteComments" IS NULL));
ALTER TABLE "SignInLink"
  ADD CONSTRAINT "SignInLink_email_check" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "SignInLink_code_check" CHECK (("codeHash" IS NULL) = ("browserHash" IS NULL));
ALTER TABLE "Invitation"
  ADD CONSTRAINT "Invitation_email_check" CHECK ("email" = lower("email"));

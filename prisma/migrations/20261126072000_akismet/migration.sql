-- CreateTable
CREATE TABLE "AkismetCheck" (
    "commentId" UUID NOT NULL,
    "isSpam" BOOLEAN NOT NULL,
    "guid" VARCHAR(100),
    "sealed" BYTEA NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AkismetCheck_pkey" PRIMARY KEY ("commentId")
);

-- CreateTable
CREATE TABLE "AkismetState" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "isValid" BOOLEAN,
    "keyMark" VARCHAR(64) NOT NULL DEFAULT '',
    "verifiedAt" TIMESTAMPTZ(3),
    "lastWorkedAt" TIMESTAMPTZ(3),
    "lastFailedAt" TIMESTAMPTZ(3),
    "lastFailure" VARCHAR(500) NOT NULL DEFAULT '',

    CONSTRAINT "AkismetState_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AkismetCheck_askedAt_idx" ON "AkismetCheck"("askedAt");

-- AddForeignKey
ALTER TABLE "AkismetCheck" ADD CONSTRAINT "AkismetCheck_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

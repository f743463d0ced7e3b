-- Counts of what comes too often, by a keyed hash of from where or by whom. They are written with every attempt, and worth
-- little: unlogged, so that a refused attempt costs no write to disk. A crash of the database forgets them.
CREATE UNLOGGED TABLE "RateLimit" (
    "key" CHAR(64) NOT NULL,
    "count" INTEGER NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "RateLimit_endsAt_idx" ON "RateLimit"("endsAt");

-- By which the same text is found again under other posts, whatever its capitals and blanks.
CREATE FUNCTION text_mark(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN md5(btrim(regexp_replace(lower(said), '\s+', ' ', 'g')));

CREATE INDEX "Comment_text_mark_idx" ON "Comment"(text_mark("source"), "createdAt" DESC);

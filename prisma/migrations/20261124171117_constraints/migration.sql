-- What Prisma's schema cannot say.

-- A comment begins a thread (its own root, depth 1) or answers another (deeper). That a reply stands on its parent's
-- post is the composite key ("parentId", "postId") of the first migration.
ALTER TABLE "Comment"
  ADD CONSTRAINT "Comment_depth_check" CHECK ("depth" BETWEEN 1 AND 5),
  ADD CONSTRAINT "Comment_thread_check" CHECK (("parentId" IS NULL) = ("rootId" = "id") AND ("parentId" IS NULL) = ("depth" = 1)),
  ADD CONSTRAINT "Comment_publicId_check" CHECK ("publicId" ~ '^[0-9a-hjkmnp-tv-z]{12}$'),
  ADD CONSTRAINT "Comment_counts_check" CHECK ("revision" >= 1 AND "replyCount" >= 0);

ALTER TABLE "Post"
  ADD CONSTRAINT "Post_publishedAt_check" CHECK ("publishedAt" IS NOT NULL OR "status" NOT IN ('published', 'scheduled')),
  ADD CONSTRAINT "Post_approvedCount_check" CHECK ("approvedCount" >= 0);

ALTER TABLE "Redirect"
  ADD CONSTRAINT "Redirect_target_check" CHECK (num_nonnulls("postId", "to") = 1),
  ADD CONSTRAINT "Redirect_path_check" CHECK ("path" LIKE '/%');

ALTER TABLE "Site"
  ADD CONSTRAINT "Site_single_check" CHECK ("id" = 1);

-- Addresses are compared as they stand, so they stand in lower case.
ALTER TABLE "User"
  ADD CONSTRAINT "User_email_check" CHECK ("email" = lower("email"));

-- Whether a stranger uses a known name is asked for every comment. Both names are in SQL_ONLY_INDEXES (server/migrations.ts).
CREATE INDEX "Comment_name_folded_idx" ON "Comment" (lower("name"));
CREATE INDEX "User_name_folded_idx" ON "User" (lower("name"));

-- Decisions are append-only. One goes with its comment, by cascade, and forgets an actor whose account is gone.
CREATE FUNCTION moderation_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM "Comment" WHERE "id" = OLD."commentId") THEN
      RETURN OLD;
    END IF;
  ELSIF OLD."actorId" IS NOT NULL AND NEW."actorId" IS NULL
    AND (to_jsonb(NEW) - 'actorId') = (to_jsonb(OLD) - 'actorId')
    AND NOT EXISTS (SELECT 1 FROM "User" WHERE "id" = OLD."actorId") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A moderation event is never changed or deleted.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "ModerationEvent_append_only" BEFORE UPDATE OR DELETE ON "ModerationEvent"
  FOR EACH ROW EXECUTE FUNCTION moderation_event_is_append_only();

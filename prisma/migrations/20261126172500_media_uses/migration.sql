-- AlterEnum
ALTER TYPE "MediaFailure" ADD VALUE 'deleted';

-- Which kept files a post's text names, there or not: one that was deleted may come back. Read off the text whenever that is written, by whatever writes it.
CREATE FUNCTION note_media_uses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.html = OLD.html THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM "MediaUse" used WHERE used."postId" = NEW.id AND position('/media/' || used.sha256 || '.' in NEW.html) = 0;
  END IF;
  IF position('/media/' in NEW.html) > 0 THEN
    INSERT INTO "MediaUse" ("postId", "sha256")
    SELECT DISTINCT NEW.id, named[1]
    FROM regexp_matches(NEW.html, '/media/([0-9a-f]{64})\.', 'g') AS named
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER post_media_uses AFTER INSERT OR UPDATE OF html ON "Post" FOR EACH ROW EXECUTE FUNCTION note_media_uses();

INSERT INTO "MediaUse" ("postId", "sha256")
SELECT DISTINCT post.id, named[1]
FROM "Post" post
CROSS JOIN LATERAL regexp_matches(post.html, '/media/([0-9a-f]{64})\.', 'g') AS named
WHERE position('/media/' in post.html) > 0
ON CONFLICT DO NOTHING;

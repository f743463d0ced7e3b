-- Search of posts (lib/posts/search.ts). PostgreSQL's parser leaves out tags and entities. So much of a text is looked
-- through: of the longest words of the costliest scripts the rest would not fit into what a tsvector holds, and the post
-- could not be written at all.
CREATE INDEX "Post_search_idx" ON "Post" USING gin (to_tsvector('simple', fold_letters("left"("title" || ' ' || "html", 80000))));

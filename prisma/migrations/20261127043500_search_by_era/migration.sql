-- Search begins with the newest posts (lib/posts/search-eras.ts, docs/decisions/0035): besides its words an index holds in
-- which thirty days a public post came out, so that of a word which stands everywhere only the newest posts are read.
CREATE FUNCTION search_era_at(moment timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN floor(extract(epoch FROM moment - timestamptz '1970-01-01 00:00:00+00') / 2592000)::integer;

-- An array, since GIN knows arrays of numbers without an extension; of what is not public none.
CREATE FUNCTION search_era(kind "PostKind", status "PostStatus", moment timestamptz) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN kind = 'post' AND status = 'published' AND moment IS NOT NULL THEN ARRAY[search_era_at(moment)] END;

DROP INDEX "Post_searchWords_idx";
DROP INDEX "Post_searchTitle_idx";
-- One for all: by another index that knows the eras alone PostgreSQL, which takes reading a post for cheap, would read all of an era.
CREATE INDEX "Post_search_idx" ON "Post" USING gin ("searchWords", "searchTitle", search_era(kind, status, "publishedAt")) WITH (fastupdate = off);

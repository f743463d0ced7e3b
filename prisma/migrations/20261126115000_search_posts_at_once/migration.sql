-- After an import thousands of posts would wait in the index's pending list, and each search would read all of it.
ALTER INDEX "Post_search_idx" SET (fastupdate = off);
SELECT gin_clean_pending_list('"Post_search_idx"');

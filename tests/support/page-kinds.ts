import type { BlogUnderTest } from './blog';
import { makeLongDiscussion, MISSING_PAGE } from './reader-pages';
import { findOpenPost } from './stories';

type Blog = Pick<BlogUnderTest, 'sql' | 'change'>;

/** One page of each kind. `isHidden`: it is kept out of search engines on purpose. */
export type KindOfPage = { kind: string; path: string; isHidden: boolean };

const found = (kind: string, path: string): KindOfPage => ({ kind, path, isHidden: false });
const hidden = (kind: string, path: string): KindOfPage => ({ kind, path, isHidden: true });

const LONG_POST_TIMES = 5;

/** Makes of the sample blog one that has each kind of page: several pages of posts, a long post, a discussion of several pages. */
export async function makeEveryKind(blog: Blog): Promise<void> {
  await makeLongDiscussion(blog);
  const { slug } = await findOpenPost(blog);
  await blog.change(`UPDATE "Post" SET html = repeat(html, $2), source = repeat(source, $2) WHERE slug = $1`, [slug, LONG_POST_TIMES]);
  await blog.change('UPDATE "Site" SET "postsPerPage" = 2');
}

/** One readers' page of each kind, on a blog that `makeEveryKind` has made. */
export async function listKinds(blog: Blog): Promise<KindOfPage[]> {
  const { slug, path } = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ category: string; tag: string; author: string; comment: string; at: string }>(
    `SELECT (SELECT slug FROM "Category" JOIN "PostCategory" ON "categoryId" = "Category".id WHERE "postId" = p.id LIMIT 1) AS category,
            (SELECT slug FROM "Tag" JOIN "PostTag" ON "tagId" = "Tag".id WHERE "postId" = p.id LIMIT 1) AS tag,
            (SELECT slug FROM "User" WHERE id = p."authorId") AS author,
            (SELECT "publicId" FROM "Comment" WHERE "postId" = p.id AND status = 'approved' AND kind = 'comment' ORDER BY id LIMIT 1) AS comment,
            to_char("publishedAt" AT TIME ZONE 'UTC', 'YYYY/MM') AS at
     FROM "Post" p WHERE slug = $1 AND kind = 'post'`, [slug]);
  const { category, tag, author, comment, at } = rows[0]!;
  return [
    found('Front page', '/'), found('Front page, page 2', '/page/2'),
    found('Long post with comments', path), found('Its second page of comments', `${path}/comments/2`), found('Its comments, newest first', `${path}/comments/newest`),
    found('Page', '/about'), found('Category', `/categories/${category}`), found('Tag', `/tags/${tag}`), found('Author', `/authors/${author}`),
    found('Archive of a year', `/archive/${at.slice(0, 4)}`), found('Archive of a month', `/archive/${at}`), found('Privacy', '/privacy'),
    hidden('Search', '/search'), hidden('Search with results', '/search?q=attachment'), hidden('Search with none', '/search?q=zzzz'), hidden('Search of comments', '/search?q=thread&in=comments'),
    hidden('Sign-in', '/sign-in'), hidden('Reply page', `/posts/${slug}/reply`), hidden('Reply to a comment', `/posts/${slug}/reply/${comment}`),
    hidden('Report page', `/comments/${comment}/report`), hidden('After asking for posts', '/subscriptions'), hidden('Asking what is kept', '/privacy/data'), hidden('Something is about me', '/privacy/removal'), hidden('Not found', MISSING_PAGE),
  ];
}

/** The pages of the desk and of an account, for somebody signed in as the owner. */
export async function listDeskKinds(blog: Pick<BlogUnderTest, 'sql'>): Promise<KindOfPage[]> {
  const { rows } = await blog.sql.query<{ post: string; person: string }>(`SELECT id AS post, "authorId" AS person FROM "Post" WHERE kind = 'post' AND status = 'published' ORDER BY "publishedAt" DESC LIMIT 1`);
  const { post, person } = rows[0]!;
  return [
    hidden('Dashboard', '/admin'), hidden('Queue, pending', '/admin/comments'), hidden('Queue, all', '/admin/comments?queue=all'), hidden('Who waits for an answer', '/admin/replies'),
    hidden('Rules', '/admin/rules'), hidden('Log', '/admin/log'), hidden('People', '/admin/people'), hidden('One person', `/admin/people/${person}`),
    hidden('Posts', '/admin/posts'), hidden('Editor', `/admin/posts/${post}`), hidden('Revisions', `/admin/posts/${post}/revisions`), hidden('Discussion of a post', `/admin/posts/${post}/discussion`),
    hidden('Media', '/admin/media'), hidden('Settings', '/admin/settings'), hidden('Moving', '/admin/moving'), hidden('Requests', '/admin/removals'), hidden('Followers', '/admin/followers'), hidden('Outbox', '/admin/outbox'), hidden('Webhooks', '/admin/webhooks'), hidden('Health', '/admin/health'),
    hidden('Account', '/account'), hidden('Own comments', '/account/comments'), hidden('Deleting the account', '/account/delete'),
  ];
}

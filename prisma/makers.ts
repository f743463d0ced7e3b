import { db, type Tx } from '../lib/db/client';
import type { Prisma } from '../lib/db/generated/client';
import { depthOf } from '../lib/comments/rules';
import { countVisible } from '../lib/comments/counts';
import { textHash } from '../lib/identity/tokens';
import { newCommentId, newId } from '../lib/ids';
import { commentHtml } from '../lib/text/comment-text';
import { postHtml } from '../lib/text/post-html';
import { slugOf } from '../lib/text/slug';

/** Makes a person. What is not given is a reader with a name and address of their own. */
export async function makeUser(given: Partial<Prisma.UserUncheckedCreateInput> = {}, tx: Tx = db()) {
  const id = given.id ?? newId();
  const name = given.name ?? `Person ${id.slice(-6)}`;
  return tx.user.create({ data: { id, name, slug: `${slugOf(name)}-${id.slice(-6)}`, email: `${id.slice(-12)}@example.com`, ...given } });
}

type GivenPost = Partial<Omit<Prisma.PostUncheckedCreateInput, 'html'>> & { authorId: string };

/** Makes a post, published now unless told otherwise; its HTML is made from its source as everywhere. */
export async function makePost(given: GivenPost, tx: Tx = db()) {
  const id = given.id ?? newId();
  const title = given.title ?? `Post ${id.slice(-6)}`;
  const source = given.source ?? '<p>A post about something.</p>';
  const { html, excerpt } = postHtml(source);
  const status = given.status ?? 'published';
  const publishedAt = status === 'published' ? new Date() : null;
  return tx.post.create({ data: { id, title, slug: slugOf(`${title}`), source, html, excerpt, status, publishedAt, ...given } });
}

type ParentComment = { id: string; rootId: string; depth: number };
type GivenComment = Partial<Omit<Prisma.CommentUncheckedCreateInput, 'html' | 'rootId' | 'depth' | 'parentId'>> & {
  postId: string;
  parent?: ParentComment;
};

/** Makes a comment, approved unless told otherwise, with the counts of its post and parent. */
export async function makeComment({ parent, ...given }: GivenComment, tx: Tx = db()) {
  const id = given.id ?? newId();
  const source = given.source ?? `A comment ${id.slice(-6)}.`;
  const status = given.status ?? 'approved';
  const comment = await tx.comment.create({
    data: {
      id,
      publicId: newCommentId(),
      name: `Reader ${id.slice(-6)}`,
      email: `${id.slice(-12)}@example.com`,
      ...given,
      source,
      status,
      parentId: parent?.id ?? null,
      rootId: parent?.rootId ?? id,
      depth: depthOf(parent?.depth ?? null),
      html: commentHtml(source, given.format ?? 'markdown'),
      sourceHash: textHash(source),
    },
  });
  await countVisible(tx, comment, null, status);
  return comment;
}

let madeRules = 0;

/** Sets the owner's rules of screening; what is not given is as before, or the default. Their version is new to this process, which keeps the last. */
export async function makeRules(given: Partial<Omit<Prisma.ScreeningRulesUncheckedCreateInput, 'id' | 'version'>>, tx: Tx = db()) {
  return tx.screeningRules.upsert({ where: { id: 1 }, create: { id: 1, version: (madeRules += 1000), ...given }, update: { ...given, version: { increment: 1 } } });
}

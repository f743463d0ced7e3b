import { db, type Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { tokenHashes } from '../identity/tokens';
import { lockColumns, mayRead } from '../posts/keys';
import { closingColumns, isOut, takesComments } from '../posts/rules';
import { findCloseAfterDays } from '../site/closing';
import { beginningOf, plainText } from '../text/plain';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { t } from '../words/t';
import { listWriterHistories } from './card-context';
import { findDecider } from './deciders';
import { wordlessFor } from './reasons';
import { writerOf } from './rules';
import { reasonsSchema, type CommentStatus, type Decision, type Reason } from './schema';

const EXCERPT_CHARACTERS = 400;
/** Of the comments beside it, so many before and after are shown. */
const NEIGHBOURS = 2;

/** What was decided on a comment last, and by whom. `by` null: the blog itself, or somebody who is gone. */
export type Outcome = { decision: Decision; by: string | null; isOwn: boolean; at: Date };

/** A comment of the thread around it, shortened to plain text. */
export type ThreadComment = { id: string; name: string; text: string; createdAt: Date };

/** What the link of a notice opens. Never an address, of nobody. */
export type DecisionPage = {
  /** Who decides by it. */
  person: { name: string };
  comment: { id: string; revision: number; status: CommentStatus; name: string; html: SafeHtml; createdAt: Date; isSignedIn: boolean; /** Of a mention the page that it stands on; null for what was written here. */ page: string | null };
  post: { title: string; slug: string };
  parent: ThreadComment | null;
  before: ThreadComment[];
  after: ThreadComment[];
  writer: { approved: number; refused: number; firstSeen: Date | null };
  reasons: Reason[];
  /** Set when it does not wait any more. */
  outcome: Outcome | null;
  /** The link has done its one decision. */
  isUsed: boolean;
  /** Why the person cannot answer from here; null when they can. */
  refusalToReply: string | null;
};

const commentSelect = {
  id: true, publicId: true, postId: true, parentId: true, rootId: true, kind: true, website: true, revision: true, status: true, name: true, email: true, html: true, createdAt: true, userId: true, pseudonymId: true,
  parent: { select: { publicId: true, name: true, html: true, createdAt: true, status: true } },
  post: { select: { ...lockColumns, title: true, slug: true, kind: true, ...closingColumns } },
  events: { select: { decision: true, toStatus: true, reasons: true, createdAt: true, actorId: true, actor: { select: { name: true } } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.CommentSelect;

type CommentRow = Prisma.CommentGetPayload<{ select: typeof commentSelect }>;

export type OpenedLink = { id: string; userId: string; usedAt: Date | null; comment: { id: string; publicId: string; postId: string; authorId: string; slug: string } };

/** A link by its token, while it opens: known, not too old. For the page, and for a command inside its transaction. */
export async function findLink(tx: Tx, token: string, now: Date): Promise<OpenedLink | null> {
  const link = await tx.decisionLink.findFirst({
    where: { tokenHash: { in: tokenHashes(token) }, expires: { gt: now } },
    select: { id: true, userId: true, usedAt: true, comment: { select: { id: true, publicId: true, postId: true, post: { select: { authorId: true, slug: true } } } } },
  });
  return link && { ...link, comment: { id: link.comment.id, publicId: link.comment.publicId, postId: link.comment.postId, ...link.comment.post } };
}

/**
 * What a link of a notice shows: the comment in its thread, its writer's history, why it waits, and what was decided on it
 * if it does not wait any more. Changes nothing. Null for a link that is unknown or too old, or whose person may not
 * decide on the comment any more.
 */
export async function findDecisionPage(token: string, now: Date): Promise<DecisionPage | null> {
  const link = await findLink(db(), token, now);
  const decider = link && (await findDecider(db(), link.userId, link.comment.authorId, now));
  if (!link || !decider) return null;
  const { actor } = decider;
  const row = await db().comment.findUniqueOrThrow({ where: { id: link.comment.id }, select: commentSelect });
  const [writer, around, refusalToReply] = await Promise.all([historyOf(actor, row), neighboursOf(row), findRefusalToReply(actor, row, now)]);
  return {
    person: { name: actor.name },
    comment: { id: row.publicId, revision: row.revision, status: row.status, name: row.name, html: storedHtml(row.html), createdAt: row.createdAt, isSignedIn: row.userId !== null, page: row.kind === 'mention' ? row.website : null },
    post: { title: row.post.title, slug: row.post.slug },
    parent: row.parent?.status === 'approved' ? threadComment(row.parent) : null,
    ...around,
    writer,
    reasons: reasonsOf(row).map((reason) => wordlessFor(isOwner(actor), reason)),
    outcome: row.status === 'pending' ? null : outcomeOf(row, actor),
    isUsed: link.usedAt !== null,
    refusalToReply,
  };
}

const threadComment = ({ publicId, name, html, createdAt }: { publicId: string; name: string; html: string; createdAt: Date }): ThreadComment =>
  ({ id: publicId, name, text: beginningOf(plainText(html), EXCERPT_CHARACTERS), createdAt });

/** Why it waits: what brought it to Pending last. */
function reasonsOf({ events }: CommentRow): Reason[] {
  const brought = events.findLast(({ decision, toStatus }) => toStatus === 'pending' && (decision === 'submit' || decision === 'report'));
  return reasonsSchema.catch([]).parse(brought?.reasons ?? []);
}

function outcomeOf({ events, createdAt }: CommentRow, actor: Person): Outcome {
  const latest = events.findLast(({ decision }) => decision !== 'edit');
  return latest ? { decision: latest.decision, by: latest.actor?.name ?? null, isOwn: latest.actorId === actor.userId, at: latest.createdAt } : { decision: 'submit', by: null, isOwn: false, at: createdAt };
}

/** What became of the writer's other comments, as far as this person may see them. A name on one post is a person of its own. */
async function historyOf(actor: Person, row: CommentRow): Promise<DecisionPage['writer']> {
  const found = (await listWriterHistories(actor, [writerOf(row)]))(writerOf(row));
  const others = (...statuses: ('approved' | 'pending' | 'spam' | 'trash')[]) => statuses.reduce((sum, status) => sum + (found?.counts[status] ?? 0) - Number(row.status === status), 0);
  const isAlone = others('approved', 'pending', 'spam', 'trash') <= 0;
  return isAlone ? NOTHING_ELSE : { approved: others('approved'), refused: others('spam', 'trash'), firstSeen: found?.firstSeen ?? null };
}

const NOTHING_ELSE: DecisionPage['writer'] = { approved: 0, refused: 0, firstSeen: null };

/** What stands beside it, under the same comment or, for the beginning of a thread, on the post. */
async function neighboursOf({ id, postId, parentId, createdAt }: CommentRow): Promise<Pick<DecisionPage, 'before' | 'after'>> {
  const beside: Prisma.CommentWhereInput = { postId, parentId, kind: 'comment', status: 'approved', id: { not: id } };
  const select = { publicId: true, name: true, html: true, createdAt: true } as const;
  const [before, after] = await Promise.all([
    db().comment.findMany({ where: { ...beside, createdAt: { lte: createdAt } }, select, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: NEIGHBOURS }),
    db().comment.findMany({ where: { ...beside, createdAt: { gt: createdAt } }, select, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: NEIGHBOURS }),
  ]);
  return { before: before.reverse().map(threadComment), after: after.map(threadComment) };
}

async function findRefusalToReply(actor: Person, { post, postId, kind }: CommentRow, now: Date): Promise<string | null> {
  if (kind === 'mention') return t('decisions.link.mention');
  if (post.kind !== 'post' || !isOut(post, now)) return t('decisions.link.notPublic');
  if (!mayRead(actor, post, now)) return t('decisions.link.locked');
  if (!takesComments(post, await findCloseAfterDays(), now)) return t('decisions.link.closed');
  // An approval and a pseudonym's reply of the same moment would tell who is behind the name.
  const isSomebodyElse = (await db().pseudonym.count({ where: { postId, userId: actor.userId } })) > 0;
  return isSomebodyElse ? t('decisions.link.pseudonym') : null;
}

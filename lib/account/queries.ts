import Bowser from 'bowser';
import { db, type Tx } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import { lockKeys } from '../lock';
import type { Prisma } from '../db/generated/client';
import { hasDesk, lastSessionEnd } from '../identity/rules';
import { PROVIDERS, SESSION_DAYS, type Person, type Provider, type SignInWay } from '../identity/schema';
import type { StandingNotice } from '../comments/box';
import { replyPath, writerKey } from '../comments/rules';
import type { DeclinedView } from '../comments/schema';
import { isCommentId } from '../ids';
import { picturePath } from '../media/rules';
import { declinedColumns, declineOf } from '../moderation/declines';
import { standingNow } from '../people/rules';
import { closingColumns, isOut, postPath, takesComments } from '../posts/rules';
import type { Failure } from '../result';
import { findCloseAfterDays } from '../site/closing';
import { beginningOf, plainText } from '../text/plain';
import { refusalToDelete, toldState } from './rules';
import { OWN_COMMENTS_PAGE, type CommentsAfter, type NoticeWishes, type Profile, type ToldState } from './schema';
import { t } from '../words/t';

const DAY_MS = 24 * 60 * 60 * 1000;
const EXCERPT_CHARACTERS = 280;

/** One login of a person; `account` is by what they name it when they take it away. */
export type LinkedLogin = { provider: Provider; account: string; statedEmail: string | null; since: Date };

export type AccountView = {
  profile: Profile;
  /** The path of their picture, whether they let it be shown or not. */
  picture: string | null;
  logins: LinkedLogin[];
  /** The address that has proven itself: sign-in links go there. */
  email: { address: string; since: Date } | null;
  /** Of what they are told by mail; null for whoever has no desk. */
  notices: NoticeWishes | null;
  /** The deletion that was asked for; `refusal` says why it cannot happen at present. */
  deletion: { at: Date; comments: CommentsAfter; refusal: string | null } | null;
};

const isProvider = (name: string): name is Provider => (PROVIDERS as readonly string[]).includes(name);

/** A person's own account as their page shows it; null when it is gone. */
export async function findAccount(viewer: Person): Promise<AccountView | null> {
  const user = await db().user.findUnique({
    where: { id: viewer.userId },
    select: {
      name: true, website: true, showPicture: true, email: true, emailVerified: true, deleteAt: true, deleteComments: true, heldNotices: true, newNotices: true, reportNotices: true, noticeRhythm: true,
      picture: { select: { sha256: true } },
      accounts: { select: { provider: true, providerAccountId: true, statedEmail: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { providerAccountId: 'asc' }] },
    },
  });
  if (!user) return null;
  const logins = user.accounts.flatMap(({ provider, providerAccountId, statedEmail, createdAt }) =>
    isProvider(provider) ? [{ provider, account: providerAccountId, statedEmail, since: createdAt }] : []);
  const refusal = user.deleteAt && (await findRefusalToDelete(db(), viewer.userId));
  return {
    profile: { name: user.name ?? '', website: user.website ?? '', showPicture: user.showPicture },
    picture: user.picture && picturePath(user.picture.sha256),
    logins,
    email: user.email !== null && user.emailVerified ? { address: user.email, since: user.emailVerified } : null,
    notices: hasDesk(viewer) ? { held: user.heldNotices, fresh: user.newNotices, reports: user.reportNotices, rhythm: user.noticeRhythm } : null,
    deletion: user.deleteAt && user.deleteComments && { at: user.deleteAt, comments: user.deleteComments, refusal: refusal?.message ?? null },
  };
}

/** Why this account cannot be deleted at present, or null. For a command inside its transaction, too. */
export async function findRefusalToDelete(tx: Tx, userId: string): Promise<Failure | null> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { role: true, _count: { select: { posts: true } } } });
  const owners = await tx.user.count({ where: { role: 'owner' } });
  return user && refusalToDelete({ role: user.role, posts: user._count.posts, owners });
}

/** Why a person's own account cannot be deleted at present, as a sentence; null when it can. */
export async function findOwnRefusalToDelete(viewer: Person): Promise<string | null> {
  return (await findRefusalToDelete(db(), viewer.userId))?.message ?? null;
}

/** What stands between a person and writing, as they are told: why they cannot, and until when, or what to read first. Null: nothing. */
export async function findOwnNotice(viewer: Person, now: Date): Promise<StandingNotice | null> {
  const user = await db().user.findUnique({ where: { id: viewer.userId }, select: { standing: true, standingUntil: true, standingReason: true, warning: true } });
  if (!user) return null;
  const kind = standingNow(user, now);
  // Whose comments are always held is not told, as whom screening sorts out is not.
  if (kind === 'suspended' || kind === 'banned') return { kind, reason: user.standingReason, until: user.standingUntil };
  return user.warning === '' ? null : { kind: 'warning', words: user.warning };
}

export type SessionView = { id: string; isHere: boolean; browser: string; system: string | null; way: SignInWay; since: Date; lastUsed: Date };

function browserOf(userAgent: string): Pick<SessionView, 'browser' | 'system'> {
  const { browser, os } = userAgent === '' ? { browser: null, os: null } : Bowser.parse(userAgent);
  return { browser: browser?.name || t('account.sessions.someBrowser'), system: os?.name || null };
}

/** A person's own open sessions, the one that asks first, then as they were used last. `here` is its hash. */
export async function listSessions(viewer: Person, here: string | null, now: Date): Promise<SessionView[]> {
  const sessions = await db().session.findMany({
    where: { userId: viewer.userId, expires: { gt: now } },
    select: { id: true, sessionToken: true, userAgent: true, way: true, createdAt: true, expires: true },
    orderBy: [{ expires: 'desc' }, { id: 'asc' }],
    take: 100,
  });
  const open = sessions.filter(({ createdAt }) => lastSessionEnd(createdAt, viewer.role) > now);
  const views = open.map(({ id, sessionToken, userAgent, way, createdAt, expires }) => ({
    id, isHere: sessionToken === here, ...browserOf(userAgent), way, since: createdAt,
    lastUsed: new Date(Math.max(createdAt.getTime(), expires.getTime() - SESSION_DAYS * DAY_MS)),
  }));
  return views.sort((a, b) => Number(b.isHere) - Number(a.isHere));
}

export type OwnComment = {
  id: string;
  state: ToldState;
  createdAt: Date;
  excerpt: string;
  /** The name on this post only under which it was written. */
  pseudonym: string | null;
  post: { title: string; path: string | null };
  /** Where it can be seen by its writer; null where it cannot. */
  path: string | null;
  /** Why a person declined it, and where it can be said in other words; null where nobody did, or it was said again. */
  declined: (DeclinedView & { reword: string | null }) | null;
};

export type OwnComments = { comments: OwnComment[]; next: string | null };

const ownSelect = {
  publicId: true, html: true, name: true, pseudonymId: true, createdAt: true,
  post: { select: { title: true, slug: true, kind: true, status: true, ...closingColumns } },
  parent: { select: { publicId: true, status: true } },
  ...declinedColumns,
  _count: { select: { rewordedBy: true } },
} as const satisfies Prisma.CommentSelect;

type OwnRow = Prisma.CommentGetPayload<{ select: typeof ownSelect }>;

function ownView(row: OwnRow, closeAfterDays: number, now: Date): OwnComment {
  const { publicId: id, post, createdAt } = row;
  const state = toldState(row.status, row.events.some(({ decision }) => decision !== 'submit'));
  const isPublic = isOut(post, now);
  const excerpt = beginningOf(plainText(row.html), EXCERPT_CHARACTERS);
  const declined = row._count.rewordedBy === 0 ? declineOf(row) : null;
  return {
    id, state, createdAt, excerpt,
    pseudonym: row.pseudonymId === null ? null : row.name,
    post: { title: post.title, path: isPublic ? postPath(post) : null },
    path: isPublic && (state !== 'not published' || declined) ? `/comments/${id}` : null,
    declined: declined && { ...declined, reword: rewordPath(row, closeAfterDays, now) },
  };
}

/** Where a declined comment can be said in other words; null where readers do not see its post, or comments are closed. */
function rewordPath({ publicId, post, parent }: OwnRow, closeAfterDays: number, now: Date): string | null {
  if (!isOut(post, now) || !takesComments(post, closeAfterDays, now)) return null;
  return replyPath(post.slug, parent?.status === 'approved' ? parent.publicId : undefined, publicId);
}

/**
 * A page of what a person has written while signed in, newest first, with what they are told of its state. Nobody else's, ever.
 * `after` is the id of the last one of the page before; one that is unknown or somebody else's begins anew.
 */
export async function listOwnComments(viewer: Person, after: string | null, now: Date, take = OWN_COMMENTS_PAGE): Promise<OwnComments> {
  const mine: Prisma.CommentWhereInput = { userId: viewer.userId, kind: 'comment', editsId: null, status: { not: 'deleted' } };
  const cursor = after !== null && isCommentId(after) ? await db().comment.findFirst({ where: { ...mine, publicId: after }, select: { id: true, createdAt: true } }) : null;
  const rows = await db().comment.findMany({
    where: { AND: [mine, olderThan(cursor)] },
    select: ownSelect,
    orderBy: [...NEWEST_FIRST],
    take: take + 1,
  });
  const closeAfterDays = await findCloseAfterDays();
  const comments = rows.slice(0, take).map((row) => ownView(row, closeAfterDays, now));
  return { comments, next: rows.length > take ? (comments.at(-1)?.id ?? null) : null };
}

/** Makes a person's own comments stand in line: the lock that submitComment takes for its writer. A step of a command, its first lock. */
export async function lockWriter(tx: Tx, userId: string): Promise<void> {
  await lockKeys(tx, writerKey(userId));
}

/** The posts on which a person has written under their own name, by id: all, or those where readers see it. For a command, inside its transaction. */
export async function listPostsOf(tx: Tx, userId: string, which: 'all' | 'published'): Promise<string[]> {
  const posts = await tx.comment.groupBy({ by: ['postId'], where: { userId, pseudonymId: null, ...(which === 'published' && { status: 'approved' }) }, orderBy: { postId: 'asc' } });
  return posts.map(({ postId }) => postId);
}

/** Whether the desk listens to this person's keys. */
export async function findDeskKeys(viewer: Person): Promise<boolean> {
  return (await db().user.findUnique({ where: { id: viewer.userId }, select: { deskKeys: true } }))?.deskKeys ?? true;
}

import { db, type Tx } from '../../lib/db/client';
import type { Person } from '../../lib/identity/schema';
import { newId } from '../../lib/ids';
import type { JobName } from '../../lib/jobs';
import { causeMail } from '../../lib/moderation/cause-mail';
import { undoDecision } from '../../lib/moderation/commands';
import { tellOfHeld } from '../../lib/moderation/decisions';
import { declineComment } from '../../lib/moderation/declining';
import { DECISION_MAIL_SECONDS } from '../../lib/moderation/schema';
import { sendMail } from '../../lib/notifications/outbox';
import type { Result } from '../../lib/result';
import { causeCommentNotices } from '../../lib/subscriptions/causes';
import { subscribe } from '../../lib/subscriptions/subscribing';
import { emailMark } from '../../lib/subscriptions/tokens';
import { makeComment, makePost, makeUser } from '../../prisma/makers';

/** What is caused once, by a number of its own. Nothing that is owed goes to an address that begins with `never-`. */
export type KindOfNotice = {
  /** The jobs by which it is sent, besides `mail`. */
  jobs: JobName[];
  /** Causes it in real transactions of its own; one may end by a kill at any instant. */
  cause(n: number): Promise<void>;
  /** Causes what is not owed: a transaction that is taken back, or an act that is undone in time. */
  causeNothing(n: number): Promise<void>;
  /** To whom it is owed, once each: as the database says, by what was committed together with its cause. */
  listOwed(): Promise<string[]>;
};

class TakenBack extends Error {}
const takenBack = async (work: (tx: Tx) => Promise<unknown>): Promise<void> => {
  await db().$transaction(async (tx) => { await work(tx); throw new TakenBack(); }).catch((error: unknown) => { if (!(error instanceof TakenBack)) throw error; });
};

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const given = await result;
  if (!given.ok) throw new Error(given.message);
  return given.value;
}

const usersLike = async (pattern: string): Promise<string[]> => (await db().user.findMany({ where: { email: { startsWith: pattern } }, select: { email: true } })).flatMap(({ email }) => email ?? []);

const plain = { subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' };
/** A person to whom the mail goes stands for the act that causes it. */
const writeMail = async (tx: Tx, to: string) => { await makeUser({ email: to }, tx); await sendMail(tx, { to, ...plain, once: to }, new Date()); };

const mail: KindOfNotice = {
  jobs: [],
  cause: async (n) => {
    const to = `mail-${n}@example.com`;
    await db().$transaction((tx) => writeMail(tx, to));
    // What is written once may be asked for twice.
    await db().$transaction((tx) => sendMail(tx, { to, ...plain, once: to }, new Date()));
  },
  causeNothing: (n) => takenBack((tx) => writeMail(tx, `never-mail-${n}@example.com`)),
  listOwed: () => usersLike('mail-'),
};

const OWNER = 'owner@example.com';

/** Who declines, and under whose post: made before all else. */
export async function makeBlog(): Promise<void> {
  const { id } = await makeUser({ email: OWNER, role: 'owner', heldNotices: false });
  await makePost({ authorId: id, slug: 'patience', title: 'Patience' });
}

async function commentOf(email: string): Promise<{ owner: Person; comment: { id: string; publicId: string } }> {
  const { id: userId } = await db().user.findUniqueOrThrow({ where: { email: OWNER }, select: { id: true } });
  const post = await db().post.findFirstOrThrow({ where: { slug: 'patience' }, select: { id: true } });
  const writer = await makeUser({ email, emailVerified: new Date() });
  const comment = await makeComment({ postId: post.id, userId: writer.id });
  return { owner: { kind: 'person', userId, name: 'Owner', isNamed: true, email: null, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null }, comment };
}

const decline = ({ owner, comment }: Awaited<ReturnType<typeof commentOf>>, now: Date) =>
  value(declineComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'approved', reason: 'personal', words: 'Could you say it without the name?' }, now));

const declined: KindOfNotice = {
  jobs: ['decision-mail'],
  // So long ago that its mail is due at once.
  cause: async (n) => void (await decline(await commentOf(`decline-${n}@example.com`), new Date(Date.now() - (DECISION_MAIL_SECONDS + 1) * 1_000))),
  causeNothing: async (n) => {
    const said = await commentOf(`never-decline-${n}@example.com`);
    await takenBack((tx) => causeMail(tx, newId(), new Date(0)));
    const taken = await commentOf(`decline-undone-${n}@example.com`);
    const { event } = await decline(taken, new Date());
    await value(undoDecision(said.owner, event, new Date()));
  },
  // What a kill has kept from being undone stands, and is owed.
  listOwed: async () => (await db().decline.findMany({ where: { comment: { status: 'trash' } }, select: { comment: { select: { user: { select: { email: true } } } } } })).flatMap(({ comment }) => comment.user?.email ?? []),
};

/** A comment that waits under a post of somebody who is told of nothing else. */
async function hold(tx: Tx, email: string): Promise<void> {
  const author = await makeUser({ email, emailVerified: new Date(), role: 'author' }, tx);
  const post = await makePost({ authorId: author.id }, tx);
  const comment = await makeComment({ postId: post.id, status: 'pending' }, tx);
  await tx.moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: 'pending', reasons: [{ rule: 'first-comment' }] } });
  await tellOfHeld(tx, comment.id);
}

const held: KindOfNotice = {
  jobs: ['held-notice'],
  cause: (n) => db().$transaction((tx) => hold(tx, `held-${n}@example.com`)),
  causeNothing: (n) => takenBack((tx) => hold(tx, `never-held-${n}@example.com`)),
  listOwed: () => usersLike('held-'),
};

/** A comment that is published under a post of which one reader asked to be told. */
async function publish(tx: Tx, email: string): Promise<void> {
  const author = await makeUser({}, tx);
  const post = await makePost({ authorId: author.id }, tx);
  const { id: subscriberId } = await tx.subscriber.create({ data: { id: newId(), email, emailMark: emailMark(email), confirmedAt: new Date() } });
  await tx.threadSubscription.create({ data: { subscriberId, postId: post.id } });
  const comment = await makeComment({ postId: post.id, rule: 'first-comment' }, tx);
  await tx.moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: 'approved', reasons: [] } });
  await causeCommentNotices(tx, comment.id, false, new Date());
}

const subscribersLike = async (pattern: string): Promise<string[]> => (await db().subscriber.findMany({ where: { email: { startsWith: pattern } }, select: { email: true } })).flatMap(({ email }) => email ?? []);

const told: KindOfNotice = {
  jobs: ['comment-notices'],
  cause: (n) => db().$transaction((tx) => publish(tx, `told-${n}@example.com`)),
  causeNothing: (n) => takenBack((tx) => publish(tx, `never-told-${n}@example.com`)),
  listOwed: () => subscribersLike('told-'),
};

const ask = (tx: Tx, email: string) => subscribe(tx, { email, isOwn: false, wishes: { comments: null, posts: 'weekly' }, post: null, origin: 'https://blog.example' }, new Date());

const asked: KindOfNotice = {
  jobs: [],
  cause: async (n) => {
    await db().$transaction((tx) => ask(tx, `asked-${n}@example.com`));
    // However often it is asked for.
    await db().$transaction((tx) => ask(tx, `asked-${n}@example.com`));
  },
  causeNothing: (n) => takenBack((tx) => ask(tx, `never-asked-${n}@example.com`)),
  listOwed: () => subscribersLike('asked-'),
};

/** All that the crash test causes: another kind of notice is one more here. */
export const KINDS_OF_NOTICE: Record<string, KindOfNotice> = { mail, declined, held, told, asked };

/** The jobs by which they are sent. */
export const JOBS_OF_NOTICES: JobName[] = ['mail', ...Object.values(KINDS_OF_NOTICE).flatMap(({ jobs }) => jobs)];

/** In SQL: jobs that are to be done before all is sent. Not that of a person who was told, for what may gather until the next notice: here nothing does. */
export const IS_OPEN = `state < 'completed' AND name IN (${JOBS_OF_NOTICES.map((name) => `'${name}'`).join(', ')}) AND NOT (name = 'held-notice' AND data ? 'person')`;

/** One act, by a number of its own. */
export type Act = { kind: string; n: number; isOwed: boolean };

export async function doAct({ kind, n, isOwed }: Act): Promise<void> {
  const made = KINDS_OF_NOTICE[kind];
  if (!made) throw new Error(`There is no kind ${kind}.`);
  await (isOwed ? made.cause(n) : made.causeNothing(n));
}

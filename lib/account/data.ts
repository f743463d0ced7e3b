import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import type { Person } from '../identity/schema';
import { declineName } from '../moderation/rules';
import { postPath } from '../posts/rules';
import { toldState } from './rules';

const BATCH = 200;

/** What is kept of the person beside their comments. No secret, no hash, nobody else's name. */
async function profileOf({ userId }: Person) {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      name: true, email: true, emailVerified: true, website: true, about: true, role: true, showPicture: true, createdAt: true, deleteAt: true, deleteComments: true,
      standing: true, standingUntil: true, standingReason: true, warning: true,
      events: { select: { what: true, from: true, to: true, reason: true, createdAt: true }, orderBy: { createdAt: 'asc' } },
      picture: { select: { source: true, mimeType: true, fetchedAt: true } },
      accounts: { select: { provider: true, providerAccountId: true, statedEmail: true, createdAt: true }, orderBy: { createdAt: 'asc' } },
      sessions: { select: { way: true, userAgent: true, createdAt: true, expires: true }, orderBy: { createdAt: 'asc' } },
      reports: {
        select: { reason: true, words: true, tellOutcome: true, createdAt: true, answeredAt: true, comment: { select: { publicId: true, post: { select: { title: true, slug: true, kind: true } } } } },
        orderBy: { createdAt: 'asc' },
      },
      pseudonyms: { select: { name: true, createdAt: true, post: { select: { title: true, slug: true, kind: true } } }, orderBy: { createdAt: 'asc' } },
    },
  });
  if (!user) return null;
  const { accounts, sessions, pseudonyms, events, reports, ...profile } = user;
  return {
    profile,
    logins: accounts,
    sessions,
    doneAboutYou: events,
    reports: reports.map(({ comment: { publicId, post }, ...report }) => ({ comment: publicId, post: { title: post.title, path: postPath(post) }, ...report })),
    namesOnOnePostOnly: pseudonyms.map(({ post, ...name }) => ({ ...name, post: { title: post.title, path: postPath(post) } })),
  };
}

/** What the address that they have proven is told of by mail. */
async function subscriptionsOf({ userId }: Person) {
  const user = await db().user.findUnique({ where: { id: userId }, select: { email: true, emailVerified: true } });
  return user?.email && user.emailVerified ? subscriptionsOfAddress(user.email) : null;
}

/** What an address is told of by mail, and since when; null where it is told of nothing. */
export async function subscriptionsOfAddress(email: string) {
  const found = await db().subscriber.findUnique({
    where: { email },
    select: { createdAt: true, confirmedAt: true, leftAt: true, importedFrom: true, posts: true, postsSince: true, threads: { select: { scope: true, frequency: true, createdAt: true, post: { select: { title: true, slug: true, kind: true } } }, orderBy: { createdAt: 'asc' } } },
  });
  return found && { ...found, threads: found.threads.map(({ post, ...thread }) => ({ ...thread, post: { title: post.title, path: postPath(post) } })) };
}

async function draftsOf(browser: readonly string[], now: Date) {
  const drafts = await db().commentDraft.findMany({
    where: { browserHash: { in: [...browser] }, expires: { gt: now } },
    select: { entered: true, createdAt: true, expires: true, post: { select: { title: true, slug: true, kind: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return drafts.map(({ post, ...draft }) => ({ ...draft, post: { title: post.title, path: postPath(post) } }));
}

const commentSelect = {
  id: true, publicId: true, name: true, pseudonymId: true, email: true, website: true, source: true, format: true, status: true, createdAt: true, editedAt: true,
  post: { select: { title: true, slug: true, kind: true } },
  parent: { select: { publicId: true } },
  revisions: { select: { source: true, createdAt: true }, orderBy: { revision: 'asc' } },
  declines: { select: { reason: true, words: true, createdAt: true }, orderBy: { createdAt: 'asc' } },
  events: { select: { decision: true, toStatus: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.CommentSelect;

function commentOf(row: Prisma.CommentGetPayload<{ select: typeof commentSelect }>) {
  const isDecided = row.events.some(({ decision }) => decision !== 'submit');
  return {
    id: row.publicId,
    post: { title: row.post.title, path: postPath(row.post) },
    inReplyTo: row.parent?.publicId ?? null,
    name: row.name,
    isNameOnThisPostOnly: row.pseudonymId !== null,
    email: row.email,
    website: row.website,
    text: row.source,
    format: row.format,
    state: toldState(row.status, isDecided),
    writtenAt: row.createdAt,
    editedAt: row.editedAt,
    earlierTexts: row.revisions.map(({ source, createdAt }) => ({ text: source, until: createdAt })),
    toldWhyNotPublished: row.declines.map(({ reason, words, createdAt }) => ({ reason: declineName(reason), words, at: createdAt })),
    // Whom screening sorted out is not told how: what it decided by itself reads as waiting.
    // That somebody reported it is told to moderators alone: what comes of it is a decision of its own.
    decisions: row.events.filter(({ decision }) => decision !== 'report').map(({ decision, toStatus, createdAt }) => ({ decision, state: toldState(toStatus, decision !== 'submit'), at: createdAt })),
  };
}

/** Every comment that `where` names, oldest first. */
async function* commentsOf(where: Prisma.CommentWhereInput) {
  for (let last: string | null = null; ; ) {
    const rows: Prisma.CommentGetPayload<{ select: typeof commentSelect }>[] = await db().comment.findMany({
      where: { AND: [where, last === null ? {} : { id: { gt: last } }] },
      select: commentSelect,
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    yield* rows.map(commentOf);
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.id;
  }
}

/** `head` and, as its last field, these comments, as one JSON text in pieces: never more than BATCH of them in memory. */
export async function* writeWithComments(head: object, where: Prisma.CommentWhereInput): AsyncGenerator<string> {
  const written = JSON.stringify(head, null, 2);
  yield `${written.slice(0, written.lastIndexOf('\n'))},\n  "comments": [`;
  let isFirst = true;
  for await (const comment of commentsOf(where)) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(comment, null, 2)}`;
    isFirst = false;
  }
  yield '\n  ]\n}\n';
}

/**
 * All that the blog has of a person as one JSON text in pieces: profile, logins, sessions, names on one post only, and
 * every comment with its text as typed and what was decided about it.
 * `browser`: the hashes of the one that asks: what was being written there comes too. Without secrets, hashes, moderators or their notes.
 */
export async function* writeOwnData(viewer: Person, browser: readonly string[], now: Date): AsyncGenerator<string> {
  const [kept, subscriptions, drafts] = await Promise.all([profileOf(viewer), subscriptionsOf(viewer), draftsOf(browser, now)]);
  yield* writeWithComments({ writtenAt: now, ...kept, subscriptions, drafts }, { userId: viewer.userId });
}

import { describe, expect, test } from 'vitest';
import { setDeskKeys, setNotices } from '@/lib/account/commands';
import { submitComment } from '@/lib/comments/commands';
import { newCommentSchema } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import { tokenHash } from '@/lib/identity/tokens';
import { newId } from '@/lib/ids';
import type { Actor, Person, Role, Standing } from '@/lib/identity/schema';
import { runBulkAct, startBulkAct, undoWhole } from '@/lib/moderation/bulk';
import { decideByLink } from '@/lib/moderation/decision-links';
import { findLogFigures } from '@/lib/moderation/log-figures';
import { decideComment, decideMany, editComment, undoBatch, undoDecision, type DecidedMany } from '@/lib/moderation/commands';
import { declineComment } from '@/lib/moderation/declining';
import { keepReported } from '@/lib/moderation/reporting';
import { ACTS, queueFilterSchema, type Act, type CommentStatus, type SeenComment } from '@/lib/moderation/schema';
import { findSource } from '@/lib/moderation/source';
import { addNote } from '@/lib/people/commands';
import { fail, ok, type Result } from '@/lib/result';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

// Who may do what at the desk: each command of moderation, tried as each role. A new command is a new row of TRIED.

useDatabase();

const now = new Date('2026-11-25T20:00:00Z');
const ROLES = ['guest', 'reader', 'author of the post', 'author of another post', 'moderator', 'owner', 'banned moderator', 'banned author of the post'] as const;
type Role_ = (typeof ROLES)[number];

const DECIDES: readonly Role_[] = ['author of the post', 'moderator', 'owner'];
const MODERATES: readonly Role_[] = ['moderator', 'owner'];
const HAS_DESK: readonly Role_[] = [...DECIDES, 'author of another post'];

async function makePerson(role: Role, standing: Standing = 'normal'): Promise<Person> {
  const user = await makeUser({ role, standing });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing, standingUntil: null, writerHash: null };
}

type Made = Awaited<ReturnType<typeof makeComment>>;
const seenOf = ({ publicId, revision, status }: Made): SeenComment => ({ comment: publicId, revision, seenStatus: status });

/** A post with a comment of this status, whoever tries, and an owner who has decided before them. */
async function scene(name: Role_, status: CommentStatus) {
  const author = await makePerson('author', name === 'banned author of the post' ? 'banned' : 'normal');
  const post = await makePost({ authorId: author.userId, publishedAt: new Date('2026-11-01T08:00:00Z') });
  const comment = await makeComment({ postId: post.id, status, source: 'As it was.', createdAt: new Date('2026-11-25T19:00:00Z') });
  const actor = await actorOf(name, author);
  return { actor, post, comment, seen: seenOf(comment), before: await makePerson('owner') };
}
type Scene = Awaited<ReturnType<typeof scene>>;

async function actorOf(name: Role_, author: Person): Promise<Actor> {
  switch (name) {
    case 'guest':
      return { kind: 'guest', writerHash: null };
    case 'author of the post':
    case 'banned author of the post':
      return author;
    case 'author of another post': {
      const other = await makePerson('author');
      await makePost({ authorId: other.userId });
      return other;
    }
    case 'banned moderator':
      return makePerson('moderator', 'banned');
    case 'reader':
    case 'moderator':
    case 'owner':
      return makePerson(name);
  }
}

/** Of several, what became of the one that there is. */
function ofMany(made: Result<DecidedMany | object>): Result<unknown> {
  if (!made.ok || !('decided' in made.value)) return made;
  return made.value.decided.length > 0 ? made : fail('not-found', 'refused');
}

type Tried = {
  status?: CommentStatus;
  who?: readonly Role_[];
  /** What somebody who may has done before. */
  before?: (given: Scene) => Promise<string>;
  act: (given: Scene, before: string) => Promise<Result<unknown>>;
};

async function spammed({ before, seen }: Scene): Promise<string> {
  const decided = await decideComment(before, { ...seen, decision: 'spam' }, now);
  if (!decided.ok) throw new Error(decided.message);
  return decided.value.event;
}

async function spammedTogether({ before, seen }: Scene): Promise<string> {
  const decided = await decideMany(before, [seen], 'spam', now);
  if (!decided.ok) throw new Error(decided.message);
  return decided.value.batch;
}

async function reported({ comment }: Scene): Promise<string> {
  await db().report.create({ data: { id: newId(), commentId: comment.id, reason: 'unkind', createdAt: now } });
  return '';
}

/** A link as somebody got it while they had a desk; nobody signs in to have one, so a guest has none. */
async function linked({ actor, comment }: Scene): Promise<string> {
  if (actor.kind === 'guest') return 'none';
  await db().user.update({ where: { id: actor.userId }, data: { emailVerified: now } });
  await db().decisionLink.create({ data: { id: newId(), tokenHash: tokenHash('token'), commentId: comment.id, userId: actor.userId, createdAt: now, expires: new Date(now.getTime() + 1) } });
  return 'token';
}

const FROM: Record<Act, CommentStatus> = { approve: 'pending', unapprove: 'approved', spam: 'pending', trash: 'approved', restore: 'trash', delete: 'spam' };

const TRIED: Record<string, Tried> = {
  ...Object.fromEntries(ACTS.map((decision): [string, Tried] => [decision, { status: FROM[decision], act: ({ actor, seen }) => decideComment(actor, { ...seen, decision }, now) }])),
  ...Object.fromEntries(ACTS.map((decision): [string, Tried] => [`${decision} of a selection`, { status: FROM[decision], act: async ({ actor, seen }) => ofMany(await decideMany(actor, [seen], decision, now)) }])),
  edit: { status: 'approved', act: ({ actor, seen }) => editComment(actor, { ...seen, source: 'As it is.' }, now) },
  decline: { act: ({ actor, seen }) => declineComment(actor, { ...seen, reason: 'unkind', words: 'Please say it in other words.' }, now) },
  'undo of a decision': { before: spammed, act: ({ actor }, event) => undoDecision(actor, event, now) },
  'undo of a batch': { before: spammedTogether, act: ({ actor }, batch) => undoBatch(actor, batch, now) },
  'undo of a whole': { before: spammedTogether, act: async ({ actor }, batch) => ofMany(await undoWhole(actor, batch, now)) },
  'reply that approves': {
    act: ({ actor, post, seen }) => submitComment(actor, { ...newCommentSchema.parse({ post: post.slug, parent: seen.comment, comment: 'Thank you.' }), guest: null, approving: seen }, '203.0.113.7', now),
  },
  'an act on all that match': {
    act: async ({ actor }) => {
      const begun = await startBulkAct(actor, { filter: queueFilterSchema.parse({ queue: 'pending' }), until: now, decision: 'trash' }, now);
      if (begun.ok) await runBulkAct(begun.value.id, () => now);
      return begun;
    },
  },
  'the word that a reported comment stays': { status: 'approved', before: reported, act: ({ actor, seen }) => keepReported(actor, seen, now) },
  'the text as it was typed': {
    act: async ({ actor, seen }) => ((await findSource(actor, seen.comment)) === null ? fail('not-found', 'none') : ok()),
  },
  'a note about a comment': { who: MODERATES, act: ({ actor, seen }) => addNote(actor, { person: seen.comment, note: 'Asks a lot.' }, now) },
  'a decision by the link of a mail': { before: linked, act: (_, token) => decideByLink(token, { decision: 'refuse', revision: 1, text: '' }, '203.0.113.7', now) },
  'a reply by the link of a mail': { before: linked, act: (_, token) => decideByLink(token, { decision: 'reply', revision: 1, text: 'Thank you.' }, '203.0.113.7', now) },
  'the log': { who: MODERATES, act: async ({ actor }) => ((await findLogFigures(actor, 'UTC', now)) === null ? fail('not-found', 'none') : ok()) },
  'a switch for the mails': { who: HAS_DESK, act: ({ actor }) => setNotices(actor, { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date()) },
  'a switch for the keys': { who: HAS_DESK, act: ({ actor }) => setDeskKeys(actor, false) },
};

/** All that a command of the desk could change. */
async function stateOf({ comment, post }: Scene) {
  const [row, events, counts, comments, acts] = await Promise.all([
    db().comment.findUniqueOrThrow({ where: { id: comment.id } }), db().moderationEvent.count(), db().post.findUniqueOrThrow({ where: { id: post.id }, select: { approvedCount: true } }),
    db().comment.count(), db().bulkAct.count(),
  ]);
  return { row, events, counts, comments, acts };
}

describe.each(Object.entries(TRIED))('%s', (_, { status = 'pending', who = DECIDES, before, act }) => {
  test.each(ROLES.map((role) => [role, who.includes(role) ? 'may' : 'may not'] as const))('a %s %s', async (role, may) => {
    const given = await scene(role, status);
    const done = before ? await before(given) : '';
    const was = await stateOf(given);
    const result = await act(given, done);
    expect(result.ok ? 'may' : 'may not').toBe(may);
    if (!result.ok) expect(await stateOf(given)).toEqual(was);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { anonymiseComments } from '@/lib/comments/erase';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, decideMany, editComment, undoBatch, undoDecision } from '@/lib/moderation/commands';
import type { Act, CommentStatus, Reason } from '@/lib/moderation/schema';
import { findSpamScore } from '@/lib/moderation/spam-knowledge';
import { learnLessons } from '@/lib/moderation/spam-learning';
import type { Result } from '@/lib/result';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { makePseudonym, now, person } from './scene';

const database = useDatabase();

/** A clock that stands: there is always time for what is left. */
const learnAll = () => learnLessons(() => 0);
const SELLER = 'We build conservatories and garden rooms, ask for our brochure at http://glasshouse-makers.example';

let owner: Person;
let postId: string;
beforeEach(async () => {
  owner = await person('owner');
  postId = (await makePost({ authorId: owner.userId, slug: 'open', publishedAt: new Date('2026-11-01T08:00:00Z') })).id;
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** A comment as the box has taken it: with the event of its submission. */
async function submitted(source: string, status: CommentStatus = 'pending', { reasons = [], ...more }: { pseudonymId?: string; userId?: string; name?: string; reasons?: Reason[] } = {}) {
  const comment = await makeComment({ postId, status, source, ...more, ...(more.pseudonymId && { email: null }) });
  await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: status, reasons, createdAt: new Date('2026-11-20T08:00:00Z') } });
  return comment;
}

type Commented = { publicId: string; revision: number; status: CommentStatus };
const seen = ({ publicId, revision, status }: Commented) => ({ comment: publicId, revision, seenStatus: status });
const decide = async (comment: Commented, decision: Act) => valueOf(await decideComment(owner, { ...seen(comment), decision }, now));
const totals = async () => (await database.sql.query('SELECT spam, ham FROM "SpamFeature" WHERE id = 0')).rows[0] ?? { spam: 0, ham: 0 };
const signs = async () => (await database.sql.query('SELECT id, spam, ham FROM "SpamFeature" ORDER BY id')).rows;

describe('what a person decides is learned', () => {
  test('spam as spam, an approval as good, Trash as nothing', async () => {
    await decide(await submitted('Cheap ladders for sale.'), 'spam');
    await decide(await submitted('What a kind thought.'), 'approve');
    await decide(await submitted('Off topic here.'), 'trash');
    await learnAll();
    expect(await totals()).toEqual({ spam: 1, ham: 1 });
  });

  test('once, however often the job runs', async () => {
    await decide(await submitted('Cheap ladders for sale.'), 'spam');
    await learnAll();
    const once = await signs();
    await learnAll();
    await database.sql.query('UPDATE "SpamLesson" SET "isStale" = true');
    await learnAll();
    expect(await signs()).toEqual(once);
    expect(once.length).toBeGreaterThan(5);
  });

  test('and unlearned without a trace when it is taken back', async () => {
    const { event } = await decide(await submitted('Cheap ladders for sale.'), 'spam');
    await learnAll();
    expect(await signs()).not.toEqual([]);
    valueOf(await undoDecision(owner, event, now));
    await learnAll();
    expect(await signs()).toEqual([]);
  });

  test('or learned anew when it is decided otherwise, though its text was edited meanwhile', async () => {
    const comment = await submitted('Cheap ladders for sale.');
    await decide(comment, 'spam');
    await learnAll();
    const restored = await decide({ ...comment, status: 'spam' }, 'restore');
    valueOf(await editComment(owner, { ...seen({ ...comment, status: restored.to }), source: 'Something else altogether.' }, now));
    await decide({ ...comment, revision: 2, status: restored.to }, 'approve');
    await learnAll();
    expect(await totals()).toEqual({ spam: 0, ham: 1 });
    const other = await submitted('Something else altogether.', 'pending', { name: comment.name });
    await db().comment.update({ where: { id: other.id }, data: { email: comment.email } });
    await decide(other, 'approve');
    await learnAll();
    // All that is left of the first stands in the second, too: twice each.
    expect((await signs()).every(({ spam, ham }) => spam === 0 && ham === 2)).toBe(true);
  });

  test('of many at once, and taken back together', async () => {
    const comments = await Promise.all(Array.from({ length: 5 }, (_, at) => submitted(`Ladders, offer ${at}.`)));
    const { batch } = valueOf(await decideMany(owner, comments.map(seen), 'spam', now));
    expect((await database.sql.query(`SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'learn'`)).rows[0].n).toBe(1);
    await learnAll();
    expect(await totals()).toEqual({ spam: 5, ham: 0 });
    valueOf(await undoBatch(owner, batch, now));
    await learnAll();
    expect(await signs()).toEqual([]);
  });

  test('what screening has sorted by itself teaches nothing', async () => {
    const [spam, approved] = [await submitted('Cheap ladders for sale.', 'spam'), await submitted('What a kind thought.', 'approved')];
    await database.sql.query('INSERT INTO "SpamLesson" ("commentId", "features") VALUES ($1, $3), ($2, $3)', [spam.id, approved.id, []]);
    await learnAll();
    expect(await signs()).toEqual([]);
  });

  test('what an import brought teaches as it was there', async () => {
    const [spam, approved] = [await makeComment({ postId, status: 'spam', source: 'Cheap ladders.' }), await makeComment({ postId, source: 'A kind thought.' })];
    await database.sql.query('INSERT INTO "SpamLesson" ("commentId", "features") VALUES ($1, $3), ($2, $3)', [spam.id, approved.id, []]);
    await learnAll();
    expect(await totals()).toEqual({ spam: 1, ham: 1 });
  });
});

describe('several at once', () => {
  test('learn each lesson once', async () => {
    for (let at = 0; at < 120; at++) await decide(await submitted(`Ladders of kind ${at}.`), at % 2 ? 'spam' : 'approve');
    await Promise.all([learnAll(), learnAll(), learnAll()]);
    expect(await totals()).toEqual({ spam: 60, ham: 60 });
    expect(await db().spamLesson.count({ where: { isStale: true } })).toBe(0);
  });

  test('a lesson that a decision holds is left to it, and nobody waits for one another', async () => {
    const comment = await submitted('Cheap ladders for sale.');
    await decide(comment, 'spam');
    const client = await database.sql.connect();
    await client.query('BEGIN');
    await client.query('UPDATE "SpamLesson" SET "isStale" = true WHERE "commentId" = $1', [comment.id]);
    await learnAll();
    expect(await signs()).toEqual([]);
    await client.query('COMMIT');
    client.release();
    await learnAll();
    expect(await totals()).toEqual({ spam: 1, ham: 0 });
  });

  test('lessons that take long are learned a few at a time, in transactions that end, and by further jobs', async () => {
    for (let at = 0; at < 30; at++) await decide(await submitted(`Ladders of kind ${at}.`), 'spam');
    let seconds = 0;
    const slow = () => (seconds += 1) * 1000;
    await learnLessons(slow);
    const { spam } = await totals();
    expect(spam).toBeGreaterThan(0);
    expect(spam).toBeLessThan(30);
    const jobs = async (): Promise<number> => (await database.sql.query(`SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'learn'`)).rows[0].n;
    expect(await jobs()).toBe(31);
    await learnLessons(slow);
    await learnLessons(slow);
    expect(await totals()).toEqual({ spam: 30, ham: 0 });
  });

  test('what a killed process had begun to learn is learned by the next, whole', async () => {
    await decide(await submitted('Cheap ladders for sale.'), 'spam');
    await database.sql.query(`CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$`);
    await database.sql.query('CREATE TRIGGER fail_once BEFORE UPDATE ON "SpamLesson" FOR EACH ROW EXECUTE FUNCTION fail_once()');
    await expect(learnAll()).rejects.toThrow();
    await database.sql.query('DROP FUNCTION fail_once CASCADE');
    expect(await signs()).toEqual([]);
    await learnAll();
    expect(await totals()).toEqual({ spam: 1, ham: 0 });
  });
});

describe('a permanent deletion', () => {
  test('leaves what the spam taught, and neither its signs nor its words', async () => {
    const comment = await submitted(SELLER, 'pending', { reasons: [{ rule: 'spam-score', score: 0.9, because: ['the word “conservatories”'] }, { rule: 'first-comment' }] });
    await decide(comment, 'spam');
    await learnAll();
    const before = await signs();
    await decide({ ...comment, status: 'spam' }, 'delete');
    await learnAll();
    expect(await signs()).toEqual(before);
    expect(await db().spamLesson.count()).toBe(0);
    const events = await db().moderationEvent.findMany({ where: { commentId: comment.id } });
    expect(JSON.stringify(events)).not.toContain('conservatories');
    expect(JSON.stringify(events)).toContain('first-comment');
  });

  test.each([
    ['deleted', async (comment: Commented & { id: string }) => void (await decide({ ...comment, status: 'spam' }, 'delete'))],
    ['anonymised', (comment: Commented & { id: string }) => db().$transaction((tx) => anonymiseComments(tx, [comment.id]))],
  ])('leaves nothing of its words in why it was sorted out (%s)', async (_, erase) => {
    const reasons: Reason[] = [{ rule: 'refused', entry: 'ann@trash.example' }, { rule: 'disallowed-word', word: 'ann@trash' }, { rule: 'disposable-mail', domain: 'trash.example' }, { rule: 'held-word', word: 'ladder' }];
    const comment = await submitted(SELLER, 'spam', { reasons });
    await erase(comment);
    const [event] = await db().moderationEvent.findMany({ where: { commentId: comment.id, decision: 'submit' } });
    expect(event?.reasons).toEqual([{ rule: 'refused', entry: '…' }, { rule: 'disallowed-word', word: '…' }, { rule: 'disposable-mail', domain: '…' }, { rule: 'held-word', word: '…' }]);
  });

  test('before it was learned still teaches, by signs without words', async () => {
    const comment = await submitted(SELLER);
    await decide(comment, 'spam');
    await decide({ ...comment, status: 'spam' }, 'delete');
    await learnAll();
    expect(await totals()).toEqual({ spam: 1, ham: 0 });
    expect(await db().spamLesson.count()).toBe(0);
  });
});

describe('the story of a seller', () => {
  const guest = (name: string) => ({ name, email: `${name.toLowerCase()}@post.example`, website: '' });
  const send = async (comment: string, name: string, ip: string) => {
    const { id } = valueOf(await submitComment({ kind: 'guest', writerHash: 'a'.repeat(64) }, { post: 'open', parent: '', comment, guest: guest(name) }, ip, new Date()));
    return db().comment.findUniqueOrThrow({ where: { publicId: id }, include: { events: true } });
  };

  test('the first waits; after a few were marked as spam, the next goes to Spam and says why', async () => {
    const first = await send(SELLER, 'Alice', '192.0.2.1');
    expect(first.status).toBe('pending');
    await decide(first, 'spam');
    for (let at = 0; at < 8; at++) await decide(await submitted(`${SELLER} Offer ${at}.`), 'spam');
    for (const kind of ['I planted beans with my son.', 'Our cat sleeps all day.', 'Bedtime takes us an hour.', 'Thank you for this.', 'She said her first word.', 'We moved in spring.', 'I liked the soup.', 'It rained, we read.']) await decide(await submitted(kind), 'approve');
    await learnAll();
    const next = await send(`${SELLER} Please visit us.`, 'Bert', '192.0.2.77');
    expect(next.status).toBe('spam');
    expect(next.rule).toBe('spam-score');
    expect(next.events[0]?.reasons).toContainEqual({ rule: 'spam-score', score: expect.any(Number), because: expect.arrayContaining([expect.stringMatching(/garden|brochure|glasshouse|conservatories/)]) });
    expect((await send('Our beans grow well this year, thank you.', 'Carla', '192.0.2.99')).status).toBe('pending');
  });

  test('under a name on one post, neither address nor website of the person counts', async () => {
    const reader = await person('reader', { name: 'Rita', email: 'rita@glasshouse-makers.example' });
    const pseudonym = await makePseudonym(reader.userId, postId, 'A name');
    const comment = await submitted('A plain word.', 'pending', { pseudonymId: pseudonym.id, userId: reader.userId, name: 'A name' });
    await decide(comment, 'spam');
    await learnAll();
    const scored = await findSpamScore(db(), { name: '', email: 'rita@glasshouse-makers.example', website: '', text: '', linkHosts: [], linkShare: 0 });
    expect(scored.because.join()).not.toContain('mail');
  });
});

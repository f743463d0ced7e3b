import { randomBytes } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { sessionHash } from '@/lib/identity/tokens';
import { sessionCookieName } from '@/lib/identity/cookies';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, decideMany, editComment } from '@/lib/moderation/commands';
import { findLiveStart, readDeskEvents } from '@/lib/moderation/live';
import { deskNewsSchema, type DeskNews, type LiveEvent } from '@/lib/moderation/live-queue';
import type { Act } from '@/lib/moderation/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { Changes } from '@/server/changes';
import { DeskLive } from '@/server/desk-live';
import { DeskStream } from '@/server/desk-stream';
import { Notices } from '@/server/notices';
import { drainable } from '@/server/shut-down';
import { useDatabase } from '@/tests/support/database';
import { TestFront } from '@/tests/support/front';

const database = useDatabase();
const DAY_MS = 24 * 60 * 60 * 1000;

type Signed = Person & { cookie: string };
type Heard = { kind: string; id: string; news: DeskNews | null };

/** One stream as a browser hears it. */
class Listener {
  readonly heard: Heard[] = [];
  bytes = '';
  isOver = false;
  private rest = '';
  constructor(readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => this.take(chunk));
    answer.on('close', () => { this.isOver = true; });
  }

  get events(): LiveEvent[] {
    return this.heard.flatMap(({ news }) => news?.events ?? []);
  }

  get counts(): DeskNews['counts'] {
    return this.heard.findLast(({ news }) => news?.counts)?.news?.counts ?? null;
  }

  stop(): void {
    this.answer.destroy();
  }

  private take(chunk: string): void {
    this.bytes += chunk;
    const frames = (this.rest + chunk).split('\n\n');
    this.rest = frames.pop() ?? '';
    for (const frame of frames) {
      const lines = new Map(frame.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]));
      const data = lines.get('data') ?? '';
      this.heard.push({ kind: lines.get('event') ?? 'message', id: lines.get('id') ?? '', news: data ? deskNewsSchema.parse(JSON.parse(data)) : null });
    }
  }
}

let live: DeskLive;
let notices: Notices;
let front: TestFront;
const listeners: Listener[] = [];

async function open(limits: ConstructorParameters<typeof DeskLive>[0] = {}): Promise<void> {
  live = new DeskLive({ countsMs: 20, ...limits });
  front = await TestFront.open({}, { live });
  notices = new Notices(database.url, new Changes(), { onDesk: (payload) => live.hear(payload), onListening: () => live.reload() });
  await notices.open();
}

beforeEach(() => open());
afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.stop();
  live.close();
  await notices.close();
});

async function signed(role: Role, given: Parameters<typeof makeUser>[0] = {}): Promise<Signed> {
  const user = await makeUser({ role, ...given });
  const token = randomBytes(32).toString('base64url');
  await db().session.create({ data: { id: newId(), sessionToken: sessionHash(token), userId: user.id, expires: new Date(Date.now() + DAY_MS) } });
  const { id: userId, name, email, standing } = user;
  return { kind: 'person', userId, name: name ?? '', isNamed: true, email, role, standing, standingUntil: null, writerHash: null, cookie: `${sessionCookieName()}=${token}` };
}

function ask(cookie: string, query = '', headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: front.port, path: `/admin/live${query}`, headers: { cookie, accept: 'text/event-stream', ...headers }, agent: false }, resolve).on('error', reject).end();
  });
}

/** Listens, and has been told where things stand. */
async function listen({ cookie }: { cookie: string }, query = '', headers: Record<string, string> = {}): Promise<Listener> {
  const listener = new Listener(await ask(cookie, query, headers));
  listeners.push(listener);
  expect(listener.answer.statusCode).toBe(200);
  await vi.waitFor(() => expect(listener.heard.length).toBeGreaterThan(0));
  return listener;
}

const status = async (cookie: string, query = '') => {
  const answer = await ask(cookie, query);
  answer.destroy();
  return answer.statusCode;
};

async function scene() {
  const [author, other, moderator] = await Promise.all([signed('author', { name: 'Ada' }), signed('author'), signed('moderator', { name: 'Mo' })]);
  const post = await makePost({ authorId: author.userId });
  const elsewhere = await makePost({ authorId: other.userId });
  const waiting = (postId: string) => makeComment({ postId, status: 'pending' });
  return { author, other, moderator, post, elsewhere, mine: await waiting(post.id), theirs: await waiting(elsewhere.id), waiting };
}

type Row = Awaited<ReturnType<typeof makeComment>>;

async function decide(actor: Person, comment: Row, decision: Act = 'approve', now = new Date()): Promise<string> {
  const { status: seenStatus, revision } = await db().comment.findUniqueOrThrow({ where: { id: comment.id } });
  const result = await decideComment(actor, { comment: comment.publicId, revision, seenStatus, decision }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value.event;
}

const ids = (listener: Listener) => listener.events.map(({ id }) => id);

test('a decision is told to whoever listens, with the name of who made it and the counts after it', async () => {
  const { moderator, author, mine } = await scene();
  const [theirs, own] = [await listen(moderator), await listen(author)];
  const event = await decide(author, mine);
  await vi.waitFor(() => expect([ids(theirs), ids(own)]).toEqual([[event], [event]]));
  expect(theirs.events[0]).toMatchObject({ comment: mine.publicId, decision: 'approve', from: 'pending', to: 'approved', by: 'Ada', isOwn: false, isEdit: false });
  expect(own.events[0]).toMatchObject({ isOwn: true });
  await vi.waitFor(() => expect([theirs.counts, own.counts]).toEqual([{ pending: 1, approved: 1, spam: 0, trash: 0, all: 2 }, { pending: 0, approved: 1, spam: 0, trash: 0, all: 1 }]));
});

test('an author hears of comments under their own posts alone', async () => {
  const { author, moderator, mine, theirs } = await scene();
  const listener = await listen(author, `?since=${Date.now()}`);
  await decide(moderator, theirs);
  const own = await decide(moderator, mine);
  await vi.waitFor(() => expect(ids(listener)).toEqual([own]));
  expect(listener.bytes).not.toContain(theirs.publicId);
  // Nor afterwards.
  expect(ids(await listen(author, `?since=${Date.now()}`))).toEqual([own]);
  expect((await readPoll(author, Date.now())).events.map(({ id }) => id)).toEqual([own]);
});

async function readPoll({ cookie }: Signed, since: number): Promise<DeskNews> {
  const answer = await front.send({ path: `/admin/live?poll=1&since=${since}`, headers: { cookie } });
  expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/json', 'private, no-store']);
  return deskNewsSchema.parse(JSON.parse(answer.body));
}

test('no address, no person’s id and nobody behind a pseudonym stands in what is sent', async () => {
  const { moderator, author, post, mine } = await scene();
  const reader = await signed('reader', { name: 'Ruth Adeyemi', email: 'ruth@example.net' });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: reader.userId, name: 'Night Owl' } });
  const listener = await listen(moderator);
  const comment = await makeComment({ postId: post.id, status: 'pending', userId: reader.userId, pseudonymId: pseudonym.id, name: 'Night Owl', email: null });
  // An event that names who wrote, as no code of today writes it.
  await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, actorId: reader.userId, decision: 'submit', toStatus: 'pending' } });
  await db().moderationEvent.create({ data: { id: newId(), commentId: mine.id, actorId: reader.userId, decision: 'report', fromStatus: 'approved', toStatus: 'pending' } });
  await decide(author, comment);
  await vi.waitFor(() => expect(listener.events).toHaveLength(3));
  expect(listener.events.map(({ by }) => by)).toEqual([null, null, 'Ada']);
  expect(listener.bytes).not.toMatch(/@|Ruth|Night Owl/);
  for (const { userId } of [reader, author, moderator]) expect(listener.bytes).not.toContain(userId);
});

test('who is not signed in gets 401, a reader and somebody banned 404, whatever they ask for', async () => {
  const cookies = [['', 401], [`${sessionCookieName()}=${'x'.repeat(43)}`, 401], [(await signed('reader')).cookie, 404], [(await signed('author', { standing: 'banned' })).cookie, 404]] as const;
  for (const [cookie, expected] of cookies) expect([await status(cookie), await status(cookie, '?poll=1&since=0')]).toEqual([expected, expected]);
  expect(live.count).toBe(0);
});

test('a stream says what it is, and is kept nowhere', async () => {
  const { headers } = (await listen(await signed('owner'))).answer;
  expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'private, no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' });
});

test('when the session is over, or the desk is no longer theirs, the stream ends', async () => {
  live.close();
  await notices.close();
  await open({ beatMs: 50 });
  const [leaving, demoted, staying] = [await signed('moderator'), await signed('moderator'), await signed('moderator')];
  const [left, ended, stays] = [await listen(leaving), await listen(demoted), await listen(staying)];
  await db().session.deleteMany({ where: { userId: leaving.userId } });
  await db().user.update({ where: { id: demoted.userId }, data: { role: 'reader' } });
  await vi.waitFor(() => expect([left.isOver, ended.isOver, live.count]).toEqual([true, true, 1]));
  const beats = stays.heard.length;
  await vi.waitFor(() => expect(stays.heard.length).toBeGreaterThan(beats));
  expect([stays.isOver, stays.heard.at(-1)?.kind]).toEqual([false, 'beat']);
});

test('who takes nothing of what is sent is cut off, and nobody else', async () => {
  const { moderator } = await scene();
  const stuck = new DeskStream(new Writable({ highWaterMark: 10, write: () => undefined }), 'hash', moderator);
  const news = { at: 1, events: [], counts: null, isMany: false };
  stuck.begin(news);
  stuck.beat(1);
  expect(stuck.isOver).toBe(false);
  stuck.beat(2);
  expect(stuck.isOver).toBe(true);

  const flooded = new DeskStream(new Writable({ write: () => undefined }), 'hash', moderator);
  flooded.begin(news);
  for (let told = 0; told < 10_000 && !flooded.isOver; told++) flooded.tell(news);
  expect(flooded.isOver).toBe(true);

  const taking = new DeskStream(new Writable({ highWaterMark: 100, write: (_chunk, _encoding, done) => done() }), 'hash', moderator);
  taking.begin(news);
  for (let beat = 0; beat < 100; beat++) taking.beat(beat);
  expect(taking.isOver).toBe(false);
});

test('what was told while the past was still read comes after it', async () => {
  const { moderator } = await scene();
  const written: string[] = [];
  const stream = new DeskStream(new Writable({ write: (chunk: Buffer, _encoding, done) => (written.push(chunk.toString()), done()) }), 'hash', moderator);
  const news = (at: number) => ({ at, events: [], counts: null, isMany: false });
  stream.tell(news(2));
  stream.beat(3);
  expect(written).toEqual([]);
  stream.begin(news(1));
  expect(written.join('').match(/id: \d/g)).toEqual(['id: 1', 'id: 2']);
});

test('a browser that comes back is told what it has missed, also what was begun before and committed after it left', async () => {
  const { author, moderator, mine, post, waiting } = await scene();
  const first = await listen(author);
  const before = await decide(moderator, mine);
  await vi.waitFor(() => expect(ids(first)).toEqual([before]));
  first.stop();
  const left = first.heard.at(-1)?.id ?? '';
  const late = await decide(moderator, await waiting(post.id), 'spam', new Date(Number(left) - 9_000));
  const meanwhile = await decide(moderator, await waiting(post.id), 'trash');
  const again = await listen(author, '', { 'last-event-id': left });
  // What is replayed may be told once more when its notice comes: a browser knows it by its id.
  expect(new Set(ids(again))).toEqual(new Set([before, late, meanwhile]));
  const polled = await readPoll(author, Number(left));
  expect(polled.events.map(({ id }) => id).sort()).toEqual([before, late, meanwhile].sort());
  expect(polled.counts).toEqual({ pending: 0, approved: 1, spam: 1, trash: 1, all: 1 });
});

test('no decision is lost between the reading of a list and the stream that begins then, however often it is tried', async () => {
  const { moderator, post, waiting } = await scene();
  const comments = await Promise.all(Array.from({ length: 20 }, () => waiting(post.id)));
  for (const comment of comments) {
    const start = await findLiveStart(moderator, new Date());
    const [listener, event] = await Promise.all([listen(moderator, `?since=${start.at}`), decide(moderator, comment)]);
    await vi.waitFor(() => expect(ids(listener)).toContain(event));
    const known = new Set(start.known);
    expect(new Set(ids(listener).filter((id) => !known.has(id)))).toEqual(new Set([event]));
    listener.stop();
  }
});

test('more than can be told, an event that cannot be named, and a long absence say that there is more', async () => {
  const { moderator, author, post } = await scene();
  const listener = await listen(moderator);
  const comments = await Promise.all(Array.from({ length: 101 }, () => makeComment({ postId: post.id, status: 'pending' })));
  await db().moderationEvent.createMany({ data: comments.map(({ id }) => ({ id: newId(), commentId: id, decision: 'submit' as const, toStatus: 'pending' as const })) });
  await vi.waitFor(() => expect(listener.heard.map(({ kind }) => kind)).toContain('reload'));
  expect(listener.events).toEqual([]);
  await vi.waitFor(() => expect(listener.counts?.pending).toBe(103));

  await db().moderationEvent.createMany({ data: comments.map(({ id }) => ({ id: newId(), commentId: id, decision: 'spam' as const, toStatus: 'spam' as const })) });
  expect((await listen(author, `?since=${Date.now() - 1_000}`)).heard[0]).toMatchObject({ kind: 'reload', news: { isMany: true, events: [] } });
  expect(await readPoll(moderator, Date.now() - 2 * DAY_MS)).toMatchObject({ isMany: true, events: [] });
  expect(await readPoll(moderator, Date.now() - 1_000)).toMatchObject({ isMany: true, events: [] });
});

test('a batch is told as one, an edit as an edit', async () => {
  const { moderator, author, post, waiting, mine } = await scene();
  const listener = await listen(author);
  const batch = await Promise.all(Array.from({ length: 30 }, () => waiting(post.id)));
  const seen = batch.map(({ publicId, revision }) => ({ comment: publicId, revision, seenStatus: 'pending' as const }));
  await decideMany(moderator, seen, 'spam', new Date());
  await vi.waitFor(() => expect(listener.events).toHaveLength(30));
  await editComment(moderator, { comment: mine.publicId, revision: 1, seenStatus: 'pending', source: 'In other words.' }, new Date());
  await vi.waitFor(() => expect(listener.events.at(-1)).toMatchObject({ decision: 'edit', isEdit: true, comment: mine.publicId, by: 'Mo' }));
});

test('when the connection to the database was lost, all are told that something may be missing', async () => {
  const listener = await listen(await signed('moderator'));
  await database.sql.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ '^(LISTEN|SELECT 1)'`);
  await vi.waitFor(() => expect(listener.heard.map(({ kind }) => kind)).toContain('reload'), { timeout: 10_000 });
});

test('a person has ten streams and an instance its number; one that ends makes room', async () => {
  live.close();
  await notices.close();
  await open({ streams: 12 });
  const [busy, other, third] = [await signed('moderator'), await signed('moderator'), await signed('owner')];
  const open10 = await Promise.all(Array.from({ length: 10 }, () => listen(busy)));
  expect(await status(busy.cookie)).toBe(429);
  await listen(other);
  await listen(third);
  expect([live.count, await status(other.cookie)]).toEqual([12, 503]);
  open10[0]?.stop();
  await vi.waitFor(() => expect(live.count).toBe(11));
  await listen(busy);
  // Who is told once needs no place.
  expect((await readPoll(other, Date.now())).counts).not.toBeNull();
});

test('while nobody listens nothing is read and no timer runs', async () => {
  const { moderator, mine, theirs } = await scene();
  const reads = vi.spyOn(db().moderationEvent, 'findMany');
  const timers = vi.spyOn(globalThis, 'setInterval');
  await decide(moderator, mine);
  const heard = vi.spyOn(live, 'hear');
  await decide(moderator, theirs);
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  expect([reads.mock.calls.length, timers.mock.calls.length, live.count]).toEqual([0, 0, 0]);
  vi.restoreAllMocks();
});

test('a server that stops ends the streams at once', async () => {
  const listener = await listen(await signed('moderator'));
  const drain = drainable(front.server);
  const begun = performance.now();
  live.close();
  await drain();
  expect(performance.now() - begun).toBeLessThan(5_000);
  await vi.waitFor(() => expect(listener.isOver).toBe(true));
});

test('nonsense on the channel, and other methods, do no harm', async () => {
  const { moderator, mine } = await scene();
  const listener = await listen(moderator);
  await database.sql.query(`SELECT pg_notify('soapbox_desk', $1)`, [`nonsense,${newId()},'; DROP`]);
  const event = await decide(moderator, mine);
  await vi.waitFor(() => expect(ids(listener)).toEqual([event]));
  const { status: posted } = await front.send({ method: 'PUT', path: '/admin/live', headers: { cookie: moderator.cookie } });
  expect(posted).toBe(405);
  expect(await readDeskEvents([newId()])).toEqual([]);
});

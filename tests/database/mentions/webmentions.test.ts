import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { findCommentAddress } from '@/lib/comments/queries';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { listNewestCommentsOn } from '@/lib/comments/feeds';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { checkMention } from '@/lib/mentions/commands';
import { receiveMention, SENDER_LIMIT, SOURCE_LIMIT } from '@/lib/mentions/receiving';
import { mentionJobSchema, type MentionJob } from '@/lib/mentions/schema';
import { SOURCE_MAX_BYTES } from '@/lib/mentions/source-page';
import { decideComment, editComment, undoDecision } from '@/lib/moderation/commands';
import { listCards } from '@/lib/moderation/cards';
import type { Act } from '@/lib/moderation/schema';
import type { Result } from '@/lib/result';
import { setOtherSites } from '@/lib/site/commands';
import { makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2099-11-24T20:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const BLOG = 'https://blog.example';
const TARGET = `${BLOG}/posts/open`;
const IP = '192.0.2.1';

let answer: RequestListener = () => undefined;
let asked = 0;
const sender = http.createServer((request, response) => {
  asked += 1;
  answer(request, response);
});
let origin = '';
beforeAll(async () => {
  sender.listen(0, '127.0.0.1');
  await once(sender, 'listening');
  origin = `http://127.0.0.1:${(sender.address() as AddressInfo).port}`;
});
afterAll(() => {
  sender.closeAllConnections();
  sender.close();
});

const entry = (words: string, { author = 'Ruth', way = 'u-in-reply-to', to = TARGET } = {}) =>
  `<!doctype html><div class="h-entry"><span class="p-author h-card">${author}</span><a class="${way}" href="${to}">x</a><p class="p-summary">${words}</p></div>`;
const page = (html: string, type = 'text/html; charset=utf-8'): RequestListener => (_, response) => void response.writeHead(200, { 'content-type': type }).end(html);

let owner: Person;
let post: { id: string; authorId: string };
beforeEach(async () => {
  asked = 0;
  answer = page(entry('So true.'));
  const { id, name } = await makeUser({ role: 'owner', emailVerified: now });
  owner = { kind: 'person', userId: id, name: name ?? '', isNamed: true, email: null, role: 'owner', standing: 'normal', standingUntil: null, writerHash: null };
  post = await makePost({ authorId: id, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01') });
});

const onBlog = <T>(work: () => Promise<T>): Promise<T> => withAnswer(newAnswer({ requestId: 'x', clientIp: IP, origin: BLOG }), work);
const told = (source: unknown = 'https://ruth.example/1', target: unknown = TARGET, ip = IP) => onBlog(() => receiveMention({ source, target }, ip, now));
const outcome = (result: Result<unknown>) => (result.ok ? 'taken' : result.code);
const job = (more: Partial<MentionJob> = {}): MentionJob => ({ source: `${origin}/1`, target: TARGET, post: post.id, origin: BLOG, ...more });
const look = (more: Partial<MentionJob> = {}, at = now) => onBlog(() => checkMention(job(more), at, { trustedOrigin: origin }));
const jobs = async () => (await database.sql.query<{ data: unknown }>(`SELECT data FROM pgboss.job WHERE name = 'webmention'`)).rows.map(({ data }) => mentionJobSchema.parse(data));
const mentions = () => db().comment.findMany({ where: { kind: 'mention' }, include: { mention: true, events: { orderBy: { createdAt: 'asc' } }, revisions: true }, orderBy: { id: 'asc' } });
const only = async () => (await mentions())[0]!;
const shown = async () => (await findDiscussion({ id: post.id, authorId: post.authorId, authorIsClaimed: true }, BEGINNING))!.mentions;
const decide = async (decision: Act) => {
  const { publicId: comment, revision, status: seenStatus } = await only();
  const decided = await decideComment(owner, { comment, revision, seenStatus, decision }, later(1));
  if (!decided.ok) throw new Error(decided.message);
  return decided.value;
};

describe('what another site tells', () => {
  test('is taken with a job in the same moment, and nobody is asked yet', async () => {
    expect(outcome(await told(' https://Ruth.example/1#part ', `${TARGET}?utm_source=x#comment-1`))).toBe('taken');
    expect(await jobs()).toEqual([{ source: 'https://ruth.example/1', target: `${TARGET}?utm_source=x`, post: post.id, origin: BLOG }]);
    expect([asked, await db().comment.count()]).toEqual([0, 0]);
  });

  test('sixteen times at once is one job', async () => {
    const all = await Promise.all(Array.from({ length: 16 }, () => told()));
    expect(all.map(outcome)).toEqual(Array.from({ length: 16 }, () => 'taken'));
    expect(await jobs()).toHaveLength(1);
  });

  test.each<[string, unknown, unknown]>([
    ['no source', null, TARGET], ['no target', 'https://ruth.example/1', null], ['an empty one', '', TARGET], ['a source of another kind', 'ftp://ruth.example/1', TARGET], ['a script', 'javascript:alert(1)', TARGET],
    ['a path', '/1', TARGET], ['a source with a name and password', 'https://a:b@ruth.example/1', TARGET], ['a source without end', `https://ruth.example/${'x'.repeat(2_000)}`, TARGET],
    ['one that is long when it is written out', `https://ruth.example/${'ñ'.repeat(1_000)}`, TARGET], ['the same page', TARGET, TARGET], ['the same page but for its part', `${TARGET}#x`, TARGET],
    ['another site', 'https://ruth.example/1', 'https://other.example/posts/open'], ['another port', 'https://ruth.example/1', 'https://blog.example:8443/posts/open'], ['a target of another kind', 'https://ruth.example/1', 'mailto:a@blog.example'],
    ['the front page', 'https://ruth.example/1', `${BLOG}/`], ['no post', 'https://ruth.example/1', `${BLOG}/posts/nothing`], ['what does not decode', 'https://ruth.example/1', `${BLOG}/posts/%E0%A4%A`], ['a NUL', 'https://ruth.example/1', `${BLOG}/posts/open%00`],
    ['a page', 'https://ruth.example/1', `${BLOG}/about`], ['the feed of a post', 'https://ruth.example/1', `${TARGET}/feed.xml`],
  ])('%s is refused', async (_, source, target) => {
    await makePost({ authorId: owner.userId, kind: 'page', title: 'About', slug: 'about', publishedAt: new Date('2026-01-01') });
    expect(outcome(await told(source, target))).toBe('malformed');
    expect(await jobs()).toEqual([]);
  });

  test.each([
    ['taken', {}], ['taken', { status: 'unlisted' as const }], ['malformed', { status: 'draft' as const }], ['malformed', { status: 'private' as const }], ['malformed', { status: 'password' as const, password: 'x' }],
    ['malformed', { status: 'scheduled' as const }], ['malformed', { publishedAt: new Date('2199-01-01') }], ['malformed', { commentsOpen: false }], ['malformed', { commentsCloseAt: new Date('2099-01-01') }], ['malformed', { status: 'trash' as const }],
  ])('%s: a post that is %j; in the same words whatever it is', async (expected, data) => {
    await db().post.update({ where: { id: post.id }, data });
    const answered = await told();
    expect(outcome(answered)).toBe(expected);
    if (!answered.ok) expect(answered.message).toBe('The target is no post that takes mentions.');
  });

  test('leads to a post by an old address, one of the old blog or an earlier name, and by a page of its discussion', async () => {
    await db().redirect.createMany({ data: [{ path: '/2016/05/open', postId: post.id }, { path: '/posts/older', postId: post.id }] });
    for (const path of ['/2016/05/open/', '/posts/older', '/posts/open/', '/posts/open/comments/2', '/posts/open/comments/newest', '/posts/open/comments/newest/2/']) expect([path, outcome(await told(`https://ruth.example${path}`, BLOG + path))]).toEqual([path, 'taken']);
    expect(new Set((await jobs()).map((one) => one.post))).toEqual(new Set([post.id]));
  });

  test('is refused where the owner takes none, and whoever is no owner does not say so', async () => {
    expect(await setOtherSites({ ...owner, role: 'moderator' }, { acceptsMentions: false, quotesComments: true })).toMatchObject({ ok: false, code: 'not-found' });
    expect(outcome(await told())).toBe('taken');
    expect(await setOtherSites(owner, { acceptsMentions: false, quotesComments: true })).toMatchObject({ ok: true });
    expect(outcome(await told('https://ruth.example/2'))).toBe('malformed');
  });

  test('too much of one sender, or about one site, waits', async () => {
    for (let n = 0; n < SOURCE_LIMIT.most; n += 1) expect(outcome(await told(`https://ruth.example/${n}`, TARGET, `198.51.100.${n}`))).toBe('taken');
    expect(await told('https://ruth.example/x', TARGET, '198.51.100.99')).toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
    expect(outcome(await told('https://other.example/x', TARGET, '198.51.100.99'))).toBe('taken');
    for (let n = 0; n < SENDER_LIMIT.most; n += 1) await told(null);
    expect(outcome(await told('https://third.example/x'))).toBe('too-many');
  });
});

describe('a page that links here', () => {
  test('waits for a person, and until then nobody else sees it', async () => {
    expect(outcome(await look())).toBe('taken');
    const mention = await only();
    expect(mention).toMatchObject({ kind: 'mention', status: 'pending', name: 'Ruth', website: `${origin}/1`, source: 'So true.', rule: 'mention', ipHash: null, userId: null, email: null, mention: { way: 'reply', target: TARGET } });
    expect(mention.events).toMatchObject([{ decision: 'submit', actorId: null, fromStatus: null, toStatus: 'pending', reasons: [{ rule: 'mention' }] }]);
    expect(await shown()).toEqual([]);
    expect(await listNewestCommentsOn(post.id)).toEqual([]);
    expect(await findCommentAddress(mention.publicId, { kind: 'guest', writerHash: null }, now)).toBeNull();
    const [card] = await listCards(owner, [mention.id], now);
    expect(card).toMatchObject({ isMention: true, website: `${origin}/1`, reasons: [{ rule: 'mention' }], mayBeAnswered: false });
    expect((await database.sql.query(`SELECT 1 FROM pgboss.job WHERE name = 'held-notice'`)).rowCount).toBe(1);
  });

  test('stands among the mentions when it is approved, and is counted as no comment', async () => {
    await look();
    await decide('approve');
    expect(await shown()).toEqual([{ id: (await only()).publicId, legacyNumber: null, name: 'Ruth', website: `${origin}/1`, createdAt: now, way: 'reply', text: 'So true.' }]);
    expect((await db().post.findUniqueOrThrow({ where: { id: post.id } })).approvedCount).toBe(0);
    expect(await listNewestCommentsOn(post.id)).toEqual([]);
  });

  test.each<[string, RequestListener, object]>([
    ['of plain text', page(`See ${TARGET}.`, 'text/plain'), { name: '127.0.0.1', source: '', mention: { way: 'mention' } }],
    ['of JSON', page(JSON.stringify({ url: TARGET }), 'application/activity+json'), { name: '127.0.0.1', source: '' }],
    ['of HTML without microformats', page(`<title>My day</title><a href="${TARGET}">x</a>`), { name: '127.0.0.1', source: 'My day' }],
    ['that is a like', page(entry('', { way: 'u-like-of' })), { name: 'Ruth', mention: { way: 'like' } }],
    ['whose writer has signs that turn words around', page(entry('\u202eabc', { author: `\u202e${'R'.repeat(500)}` })), { name: `${'R'.repeat(120)}…`, source: 'abc' }],
    ['of more words than are kept', page(entry('x'.repeat(5_000))), { source: `${'x'.repeat(600)}…` }],
    ['with a NUL', page(entry('a\0b')), { source: expect.stringMatching(/^a\ufffd?b$/) }],
    ['with HTML in its words', page(entry('&lt;script&gt;alert(1)&lt;/script&gt;')), { source: '<script>alert(1)</script>', html: expect.not.stringContaining('<script') }],
    ['reached by a redirect', (request, response) => (request.url === '/1' ? void response.writeHead(302, { location: '/2' }).end() : page(entry('Moved.'))(request, response)), { source: 'Moved.' }],
  ])('%s is kept', async (_, listener, expected) => {
    answer = listener;
    expect(outcome(await look())).toBe('taken');
    expect(await only()).toMatchObject({ status: 'pending', ...expected });
  });

  test('with a word or of a site that the owner does not allow is thrown away', async () => {
    await makeRules({ disallowedWords: ['casino'], refused: ['127.0.0.1', 'refused.example'] });
    answer = page(entry('A casino.'));
    await look({ source: `${origin}/2` });
    expect(await only()).toMatchObject({ status: 'trash', rule: 'disallowed-word' });
  });

  test('looked into sixteen times at once makes one mention', async () => {
    await Promise.all(Array.from({ length: 16 }, () => look()));
    expect(await mentions()).toHaveLength(1);
  });

  test('of one post and of another are two mentions, of two pages too', async () => {
    const other = await makePost({ authorId: owner.userId, title: 'Other', slug: 'other', publishedAt: new Date('2026-01-01') });
    answer = page(entry('Both.') + entry('Both.', { to: `${BLOG}/posts/other` }));
    await look();
    await look({ post: other.id, target: `${BLOG}/posts/other` });
    await look({ source: `${origin}/2` });
    expect(await mentions()).toHaveLength(3);
  });

  test('is not kept when the post has closed meanwhile, or is gone', async () => {
    await db().post.update({ where: { id: post.id }, data: { commentsOpen: false } });
    expect(outcome(await look())).toBe('taken');
    await db().post.delete({ where: { id: post.id } });
    expect(outcome(await look())).toBe('taken');
    expect(await mentions()).toEqual([]);
  });
});

describe('nothing is kept of a page', () => {
  test.each<[string, RequestListener, string]>([
    ['that does not link here', page('<p>Nothing</p>'), 'taken'],
    ['that only says the address in a comment', page(`<!-- <a href="${TARGET}"> -->`), 'taken'],
    ['that is not there', (_, response) => void response.writeHead(404).end(), 'taken'],
    ['that is a picture', page(`<a href="${TARGET}">`, 'image/png'), 'taken'],
    ['that does not say what it is', (_, response) => void response.writeHead(200).end(`<a href="${TARGET}">`), 'taken'],
    ['that is too large', page(`<a href="${TARGET}">${'x'.repeat(SOURCE_MAX_BYTES)}`), 'taken'],
    ['that goes on without end', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drops = setInterval(() => response.write('x'.repeat(100_000)), 1);
      response.once('close', () => clearInterval(drops));
    }, 'taken'],
    ['that leads on and on', (_, response) => void response.writeHead(302, { location: '/more' }).end(), 'taken'],
    ['that leads to a private address', (_, response) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end(), 'taken'],
    ['that leads to where clouds keep their keys', (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(), 'taken'],
    ['that leads to a file', (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'taken'],
    ['whose site fails: the job tries again', (_, response) => void response.writeHead(500).end(), 'unavailable'],
  ])('%s', async (_, listener, expected) => {
    answer = listener;
    expect(outcome(await look())).toBe(expected);
    expect(await mentions()).toEqual([]);
  });

  test('within our own network, which is not asked', async () => {
    for (const source of [`${origin}/1`, 'http://localhost/', 'http://[::1]/', 'http://10.0.0.1/', 'http://ruth.example:8080/', 'http://0/']) {
      expect([source, outcome(await onBlog(() => checkMention(job({ source }), now)))]).toEqual([source, 'taken']);
    }
    expect([asked, await mentions()]).toEqual([0, []]);
  });

  test('whose name leads into our own network when it is asked', async () => {
    const resolve: NonNullable<Parameters<typeof checkMention>[2]>['resolve'] = (_, options, callback) => (options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4));
    expect(outcome(await onBlog(() => checkMention(job({ source: 'http://rebinding.example/' }), now, { trustedOrigin: null, resolve })))).toBe('taken');
    expect([asked, await mentions()]).toEqual([0, []]);
  });
});

describe('told again', () => {
  beforeEach(async () => void (await look()));

  test('the same changes nothing, whether it waits or is approved', async () => {
    await look({}, later(5));
    await decide('approve');
    await look({}, later(10));
    const mention = await only();
    expect([mention.status, mention.revision, mention.events.length]).toEqual(['approved', 1, 2]);
  });

  test('what says otherwise takes the place of what waited; a decision on what was seen before is a conflict', async () => {
    const { publicId: comment, revision, status: seenStatus } = await only();
    answer = page(entry('Not so true.', { author: 'Ruth Bell', way: 'u-like-of' }));
    await look({}, later(5));
    const mention = await only();
    expect(mention).toMatchObject({ status: 'pending', name: 'Ruth Bell', source: 'Not so true.', revision: 2, mention: { way: 'like' }, revisions: [{ source: 'So true.', revision: 1 }] });
    expect(await decideComment(owner, { comment, revision, seenStatus, decision: 'approve' }, later(6))).toMatchObject({ ok: false, code: 'conflict' });
  });

  test('an approved one that says otherwise waits again, and its undo brings back what was approved', async () => {
    await decide('approve');
    answer = page(entry('Buy things.'));
    await look({}, later(5));
    expect(await only()).toMatchObject({ status: 'pending', source: 'Buy things.' });
    expect(await shown()).toEqual([]);
    const { id, events } = await only();
    expect((await listCards(owner, [id], later(6)))[0]).toMatchObject({ reasons: [{ rule: 'mention' }], undoable: events.at(-1)?.id });
    expect(await undoDecision(owner, events.at(-1)!.id, later(6))).toMatchObject({ ok: true });
    expect(await only()).toMatchObject({ status: 'approved', source: 'So true.', revision: 3 });
  });

  test('an approved one that turns to words that are not allowed leaves the page', async () => {
    await decide('approve');
    await makeRules({ disallowedWords: ['casino'] });
    answer = page(entry('A casino.'));
    await look({}, later(5));
    expect(await only()).toMatchObject({ status: 'trash', rule: 'disallowed-word' });
    expect(await shown()).toEqual([]);
  });

  test.each<Act>(['spam', 'trash'])('what a person has put in %s stays there, whatever its page says, and is not asked for', async (act) => {
    await decide(act);
    answer = page(entry('Otherwise.'));
    asked = 0;
    await look({}, later(5));
    answer = (_, response) => void response.writeHead(410).end();
    await look({}, later(6));
    expect([asked, (await only()).source]).toEqual([0, 'So true.']);
    expect(await mentions()).toHaveLength(1);
  });

  test('what was deleted here is empty but for its mark, and does not come back', async () => {
    await decide('trash');
    await decide('delete');
    await look({}, later(5));
    expect(await mentions()).toMatchObject([{ status: 'deleted', name: '', source: '', html: '', website: null, mention: { target: '' } }]);
  });

  test.each<[string, RequestListener]>([
    ['410', (_, response) => void response.writeHead(410).end()], ['404', (_, response) => void response.writeHead(404).end()], ['without the link', page('<p>Nothing</p>')],
  ])('a page that answers %s takes its mention back, and may come again', async (_, listener) => {
    await decide('approve');
    answer = listener;
    await look({}, later(5));
    expect(await mentions()).toMatchObject([{ status: 'deleted', name: '', source: '', website: null, mention: null, events: [{}, {}, { decision: 'delete', actorId: null, fromStatus: 'approved' }] }]);
    expect(await shown()).toEqual([]);
    answer = page(entry('Here again.'));
    await look({}, later(10));
    expect((await mentions()).map(({ status }) => status)).toEqual(['deleted', 'pending']);
  });

  test.each<[string, RequestListener, string]>([
    ['fails', (_, response) => void response.writeHead(503).end(), 'unavailable'], ['shuts us out', (_, response) => void response.writeHead(403).end(), 'taken'], ['is too large', page('x'.repeat(SOURCE_MAX_BYTES + 1)), 'taken'],
    ['leads into a private network', (_, response) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end(), 'taken'], ['has become a picture', page('x', 'image/png'), 'taken'],
  ])('a page that %s says nothing about its link: the mention stays', async (_, listener, expected) => {
    await decide('approve');
    answer = listener;
    expect(outcome(await look({}, later(5)))).toBe(expected);
    expect(await shown()).toHaveLength(1);
  });

  test('by somebody who names another address of the post takes nothing back', async () => {
    await decide('approve');
    await look({ target: `${TARGET}?other=1` }, later(5));
    expect(await shown()).toHaveLength(1);
  });

  test('two at once, one of which takes it back, leave it either way, and whole', async () => {
    const answers = [page(entry('Otherwise.')), page('<p>Nothing</p>')];
    answer = (request, response) => (answers.shift() ?? page(''))(request, response);
    await Promise.all([look({}, later(5)), look({}, later(5))]);
    for (const { status, mention } of await mentions()) expect(mention === null).toBe(status === 'deleted');
  });

  test('nobody edits its words', async () => {
    const { publicId: comment, revision, status: seenStatus } = await only();
    expect(await editComment(owner, { comment, revision, seenStatus, source: 'Mine.' }, later(5))).toMatchObject({ ok: false, code: 'conflict' });
  });
});

import { beforeEach, expect, test } from 'vitest';
import { INTENTS } from '../../lib/comments/box';
import { expect as expectPage, useBlog } from '../support/blog';
import { fieldsOfForm, multipart, sendRaw, type Fields, type RawAnswer } from '../support/raw-request';
import { untilTakenOver } from '../support/react';
import { findOpenPost, postComment, type OpenPost } from '../support/stories';

const blog = useBlog();
let post: OpenPost;
let box: Record<string, string>;

const TEN_MEGABYTES = 10 * 1024 * 1024;
const LONE_SURROGATE = Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62]); // U+D800 as bytes, which no UTF-8 allows
const GOOD = { comment: 'A kind word.', name: 'Ida Plain', email: 'ida@example.net', website: '' };

beforeEach(async () => {
  post = await findOpenPost(blog);
  box = fieldsOfForm(await (await blog.request(post.path)).text(), 'Post Comment');
});

const sendForm = (path: string, fields: Parameters<typeof multipart>[0], headers: Record<string, string> = {}) => {
  const framed = multipart(fields);
  return sendRaw(blog, { method: 'POST', path, body: framed.body, headers: { origin: blog.url, ...framed.headers, ...headers } });
};
const sendBox = (fields: Fields, headers?: Record<string, string>) => sendForm(post.path, { ...box, ...GOOD, ...fields }, headers);

/** A refusal has a status of 4xx and says something to a person. */
function expectRefusal({ status, text }: RawAnswer): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text.replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')).toMatch(/[A-Z][^.!?]{8,}[.!?]/);
}

async function countComments(): Promise<number> {
  const { rows } = await blog.sql.query<{ count: number }>('SELECT count(*)::int AS count FROM "Comment"');
  return rows[0]!.count;
}

async function commentWhere(condition: string): Promise<string> {
  const { rows } = await blog.sql.query<{ id: string }>(`SELECT "publicId" AS id FROM "Comment" JOIN "Post" ON "Post".id = "postId" WHERE ${condition} LIMIT 1`);
  return rows[0]?.id ?? 'aaaaaaaaaaaa';
}

test('what the following tests send is accepted when nothing is wrong with it', async () => {
  const answer = await sendBox({});
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toContain(`${post.path}/reply`);
});

test.each<[string, Fields]>([
  ['nothing in any field', { comment: '', name: '', email: '', website: '' }],
  ['no comment', { comment: '' }],
  ['only white space', { comment: ' \n\t \r\n' }],
  ['a comment of 65 526 bytes', { comment: 'x'.repeat(65_526) }],
  ['a comment too long in bytes, not in characters', { comment: 'ü'.repeat(40_000) }],
  ['NUL in the comment', { comment: 'a\0b' }],
  ['a file as the comment', { comment: { file: 'text' } }],
  ['no name', { name: '' }],
  ['a name of 246 characters', { name: 'x'.repeat(246) }],
  ['a name of a million characters', { name: 'x'.repeat(1_000_000) }],
  ['NUL in the name', { name: 'I\0da' }],
  ['a file as the name', { name: { file: 'text' } }],
  ['no address', { email: '' }],
  ['an address that is none', { email: 'ida at example' }],
  ['an address of 101 characters', { email: `${'x'.repeat(89)}@example.net` }],
  ['two addresses', { email: 'ida@example.net, b@example.net' }],
  ['an address with a new line', { email: 'ida@example.net\r\nBcc: all@example.net' }],
  ['script in the address', { email: '<script>alert(1)</script>@example.net' }],
  ['NUL in the address', { email: 'ida\0@example.net' }],
  ['a website that runs', { website: 'javascript:alert(1)' }],
  ['a website that is data', { website: 'data:text/html,<script>alert(1)</script>' }],
  ['a website of 201 characters', { website: `https://example.com/${'x'.repeat(181)}` }],
  ['NUL in the website', { website: 'https://example.com/\0' }],
  ['an unknown parent', { parent: 'aaaaaaaaaaaa' }],
  ['a parent that is no id', { parent: "' OR 1=1 --" }],
  ['NUL as parent', { parent: '\0' }],
  ['an endless parent', { parent: 'a'.repeat(100_000) }],
  ['an unknown post', { post: 'no-such-post' }],
  ['a post that is a path', { post: '../../etc/passwd' }],
  ['NUL as post', { post: '\0' }],
  ['no post', { post: '' }],
])('a comment with %s is refused with a sentence, and nothing is kept', async (_, fields) => {
  const before = await countComments();
  expectRefusal(await sendBox(fields));
  expect(await countComments()).toBe(before);
});

test.each(['comment', 'name', 'email', 'website', 'parent', 'post', 'save', 'intent'])('bytes that are no text in %s break nothing', async (name) => {
  expect((await sendBox({ [name]: LONE_SURROGATE })).status).toBeLessThan(500);
  expect((await sendBox({ [name]: Buffer.from([0xff, 0xfe, 0xc0, 0x80]) })).status).toBeLessThan(500);
});

test.each(['comment', 'name', 'email', 'website', 'parent', 'post', 'save'])('a box without the field %s breaks nothing', async (name) => {
  const fields: Fields = { ...box, ...GOOD };
  delete fields[name];
  expect((await sendForm(post.path, fields)).status).toBeLessThan(500);
});

const ODD: [string, Fields][] = [
  ['NUL', Object.fromEntries([...Object.keys(GOOD), 'post', 'parent', 'code', 'popup', 'pseudonym', 'as'].map((name) => [name, '\0']))],
  ['nothing', { comment: '', name: '', email: '', post: '', parent: '' }],
  ['bytes that are no text', { comment: LONE_SURROGATE, email: LONE_SURROGATE, code: LONE_SURROGATE, popup: LONE_SURROGATE, pseudonym: LONE_SURROGATE, post: LONE_SURROGATE }],
  ['paths', { post: '../../etc/passwd', parent: '//elsewhere.example', popup: '/../../elsewhere', email: '"a b"@[127.0.0.1]' }],
  ['much of everything', { comment: 'a'.repeat(200_000), email: `${'a'.repeat(50_000)}@example.com`, code: '1'.repeat(50_000), popup: 'p'.repeat(50_000), pseudonym: 'n'.repeat(50_000) }],
];

test.each(INTENTS.flatMap((intent) => ODD.map(([what, fields]) => [intent, what, fields] as const)))('the button %s of the box with %s breaks nothing', async (intent, _, fields) => {
  expect((await sendBox({ intent, ...fields })).status).toBeLessThan(500);
});

test('whoever begins to sign in again and again has to wait, and keeps the text; a window of a sign-in tells its page', async () => {
  const headers = { 'x-forwarded-for': '10.77.0.1' };
  const go = (fields: Fields) => sendBox({ intent: 'google', ...fields }, headers);
  let answer = await go({ popup: 'a-word-of-the-page' });
  expect([answer.status, answer.headers.location]).toEqual([303, expect.stringContaining('/authorize?')]);
  for (let times = 1; times < 100 && answer.headers.location?.includes('/authorize?'); times += 1) answer = await go({ popup: 'a-word-of-the-page' });
  expect([answer.status, answer.headers.location]).toEqual([303, expect.stringMatching(/\/signed-in\?popup=a-word-of-the-page&.*login=failed/)]);
  const refused = await go({});
  expect([refused.status, Number(refused.headers['retry-after']) > 0, refused.text.includes(GOOD.comment)]).toEqual([429, true, true]);
});

test('a reply to a held comment, or to one under another post, is refused', async () => {
  await blog.change(`UPDATE "Comment" SET status = 'pending' WHERE "publicId" = $1`, [await commentWhere(`slug = '${post.slug}' AND "Comment".status = 'approved'`)]);
  const held = await commentWhere(`slug = '${post.slug}' AND "Comment".status = 'pending'`);
  expectRefusal(await sendBox({ parent: held, comment: 'To one that is held.' }));
  const elsewhere = await commentWhere(`slug <> '${post.slug}' AND "Comment".status = 'approved'`);
  expectRefusal(await sendBox({ parent: elsewhere, comment: 'To another post.' }));
});

test.each([['draft', 404], ['scheduled', 404], ['private', 404], ['password', 403], ['trash', 404]])('a comment on a post that is %s is refused', async (status, code) => {
  // In an hour, where it is scheduled: the job's next round publishes one whose moment is over.
  await blog.change(`UPDATE "Post" SET status = $1::"PostStatus", "publishedAt" = CASE $1 WHEN 'scheduled' THEN now() + interval '1 hour' ELSE "publishedAt" END WHERE slug = $2`, [status, post.slug]);
  const before = await countComments();
  const answer = await sendBox({});
  expect(answer.status).toBe(code);
  expect(await countComments()).toBe(before);
});

test('a refused box keeps what was typed, HTML included, as words', async () => {
  const comment = '<b>An hour of work</b> & "more" </textarea><script>alert(1)</script>';
  const answer = await sendBox({ comment, name: 'Ida <i>Plain</i>', email: 'wrong', website: 'https://example.com/?a="b"' });
  expect(answer.status).toBe(422);
  const fields = fieldsOfForm(answer.text, 'Post Comment');
  expect(fields).toMatchObject({ comment, name: 'Ida <i>Plain</i>', email: 'wrong', website: 'https://example.com/?a="b"' });
});

test.each([
  ['an unknown action', { '$ACTION_ID_0000000000000000000000000000000000000000': '' }],
  ['an action of an older build', { '$ACTION_REF_1': '', '$ACTION_1:0': '{"id":"7f0000000000000000000000000000000000000000","bound":"$@1"}', '$ACTION_1:1': '[{}]', '$ACTION_KEY': 'k0' }],
  ['an action that is nonsense', { '$ACTION_REF_1': '', '$ACTION_1:0': '{"id":', '$ACTION_1:1': '][', '$ACTION_KEY': '' }],
  ['no action at all', {}],
])('a form with %s is refused', async (_, fields) => {
  expectRefusal(await sendForm(post.path, { ...fields, ...GOOD, post: post.slug }));
});

test.each(['not-an-action', '0'.repeat(42), '<script>', 'a'.repeat(8_000)])('the header Next-Action %# is refused', async (id) => {
  const answer = await sendRaw(blog, { method: 'POST', path: post.path, body: '[]', headers: { origin: blog.url, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' } });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test.each(['https://evil.example', 'null', 'http://localhost:1', 'not an origin'])('a form from the origin %s is refused', async (origin) => {
  const before = await countComments();
  const answer = await sendBox({}, { origin });
  expect(answer.status).toBe(403);
  expectRefusal(answer);
  expect(await countComments()).toBe(before);
});

test.each([false, true])('a body of 10 MB is refused as too large (chunked: %s)', async (chunked) => {
  const framed = multipart({ ...box, ...GOOD, comment: 'x'.repeat(TEN_MEGABYTES) });
  for (const path of [post.path, `${post.path}/reply`, '/sign-in/link', '/admin/comments', '/nothing-here']) {
    const answer = await sendRaw(blog, { method: 'POST', path, body: framed.body, chunked, headers: { origin: blog.url, ...framed.headers } });
    expect([path, answer.status]).toEqual([path, 413]);
    expectRefusal(answer);
  }
});

test('a body that is no proper multipart is refused', async () => {
  const { body, headers } = multipart({ ...box, ...GOOD });
  const type = headers['content-type']!;
  const bad: [string, Buffer | string, string][] = [
    ['cut off', body.subarray(0, body.length - 40), type],
    ['garbage', 'garbage', type],
    ['empty', '', type],
    ['without a boundary', body, 'multipart/form-data'],
    ['with another boundary', body, 'multipart/form-data; boundary=other'],
    ['with an endless boundary', body, `multipart/form-data; boundary=${'x'.repeat(5_000)}`],
    ['as JSON', '{"comment":"x"}', 'application/json'],
    ['as XML', '<x/>', 'application/xml'],
  ];
  for (const [what, content, contentType] of bad) {
    const answer = await sendRaw(blog, { method: 'POST', path: post.path, body: content, headers: { origin: blog.url, 'content-type': contentType } });
    expect([what, answer.status >= 400 && answer.status < 500, answer.status]).toEqual([what, true, answer.status]);
  }
});

test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])('%s is refused everywhere', async (method) => {
  for (const path of ['/', post.path, `${post.path}/reply`, '/comments/aaaaaaaaaaaa', '/admin/comments', '/sign-in', '/nothing-here']) {
    const answer = await sendRaw(blog, { method, path, headers: { origin: blog.url } });
    expect([path, answer.status]).toEqual([path, 405]);
    expect(answer.headers.allow).toMatch(/GET/);
  }
});

test.each([
  '/%', '/posts/%E0%A4%A', '/%E0%A4%A', '/posts/%C0%AF', '/posts/%ED%A0%80', '/%00', '/posts/a%00b', '/comments/%00', '/categories/%00', '/sign-in/link?token=%00', '/admin/comments/%',
  '/..%2f..%2fetc%2fpasswd', '/posts/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '//evil.example/x', '/\\evil.example', `/posts/${'x'.repeat(5_000)}`, `/${'a/'.repeat(2_000)}`,
  '/page/0', '/page/-1', '/page/1e3', '/page/two', '/page/99999999999999999999', '/archive/2016/99', '/archive/abcd/01', '/archive/2016', '/archive/99999/01', '/archive/0000/00',
  "/comments/' OR 1=1 --".replaceAll(' ', '%20'), '/comments/99999999999999999999', '/posts/<script>', '/categories/%3Cscript%3E', '/authors/%F0%9F%92%A9', '/tags/..', '/posts/', '/posts',
  '/?p=99999999999999999999', '/?p=abc', '/?p=-1', '/?p=%00', '/?p=1&p=2', '/_next/data/x.json', '/.env', '/.git/config', '/package.json', '/__next_error__', '/missing', '/broken',
])('GET %s is refused in its own words, never a failure', async (path) => {
  const answer = await sendRaw(blog, { path });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text.length).toBeGreaterThan(20);
});

test.each(['/?q=%00', '/?%00', '/?a=%', '/?__proto__=1', '/?after=x', '/privacy?x[y]=z', `/?x=${'y'.repeat(4_000)}`])('a page does not mind the query of %s', async (path) => {
  expect((await sendRaw(blog, { path })).status).toBeLessThan(500);
});

test('unknown pages of a discussion and unknown comments to reply to are no failures', async () => {
  for (const rest of ['/comments/0', '/comments/2', '/comments/-1', '/comments/x', '/comments/99999999999999999999', '/reply/aaaaaaaaaaaa', '/reply/x', '/reply/%00', '/reply/a/b/c']) {
    const answer = await sendRaw(blog, { path: post.path + rest });
    expect([rest, answer.status < 500]).toEqual([rest, true]);
    if (rest.startsWith('/comments')) expect([rest, answer.status]).toEqual([rest, 404]);
  }
});

test('cookies and headers that are nonsense break no page', async () => {
  const headers: Record<string, string>[] = [
    { cookie: 'authjs.session-token=nonsense' }, { cookie: `authjs.session-token=${'x'.repeat(6_000)}` }, { cookie: 'authjs.session-token=%00; here=%00; writer=%00' },
    { cookie: 'here=1; writer={"name":' }, { cookie: 'writer=[1,2]' }, { cookie: '=;;;=' }, { cookie: 'here=' + 'x'.repeat(43) },
    { accept: 'nonsense' }, { 'accept-encoding': 'x;q=9, ,,' }, { 'accept-language': '\u00ff' }, { 'if-none-match': 'x' }, { range: 'bytes=5-1' }, { host: 'evil.example' }, { 'x-forwarded-host': 'evil.example' }, { 'x-forwarded-for': '<script>' },
    { rsc: '1' }, { 'next-router-state-tree': '%' }, { 'next-router-prefetch': '1' }, { 'x-middleware-subrequest': 'x' }, { 'x-action-forwarded': '1' }, { expect: '100-continue' },
  ];
  for (const path of ['/', post.path, `${post.path}/reply`, '/admin/comments', '/sign-in']) {
    for (const each of headers) {
      const answer = await sendRaw(blog, { path, headers: each });
      expect([path, each, answer.status < 500]).toEqual([path, each, true]);
      expect([path, each, answer.text.includes('evil.example'), answer.headers.location?.includes('evil.example') ?? false]).toEqual([path, each, false, false]);
    }
  }
});

/** What the desk's script sends when a button is pressed, caught on its way; sent again with other fields and by whom one likes. */
async function caughtDecision(text: string): Promise<(fields: Fields, cookie: string) => Promise<RawAnswer>> {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  await page.route('**/admin/comments*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  const button = page.getByRole('article').filter({ hasText: text }).getByRole('button', { name: 'Approve' });
  await untilTakenOver(button);
  const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST' && one.headers()['next-action'] !== undefined), button.click()]);
  const action = request.headers()['next-action']!;
  const sent = await new Response(new Uint8Array(request.postDataBuffer()!), { headers: { 'content-type': request.headers()['content-type']! } }).formData();
  const caught = [...sent].map(([name, value]): [string, string] => [name, String(value)]);
  // React writes `_1_comment`, and last, as `0`, to what these fields belong.
  const before = caught.find(([name]) => name.endsWith('_comment'))![0].slice(0, -'comment'.length);
  return (fields, cookie) => {
    const ours = Object.entries(fields).map(([name, value]): [string, Fields[string]] => [before + name, value]);
    const theirs = caught.filter(([name]) => !ours.some(([one]) => one === name));
    return sendForm('/admin/comments', [...ours, ...theirs], { cookie, 'next-action': action, accept: 'text/x-component' });
  };
}

test('a decision of someone who may not decide changes nothing, and neither does one that is none', async () => {
  const waiting = await sendBox({ comment: 'Decide me.' });
  expect(waiting.status).toBe(303);
  const decide = await caughtDecision('Decide me.');
  const statuses = async () => (await blog.sql.query<{ publicId: string; status: string }>('SELECT "publicId", status FROM "Comment" ORDER BY 1')).rows;
  const before = await statuses();
  const cookieOf = async (role: 'owner' | 'author' | 'reader') => `authjs.session-token=${(await blog.openSession(role)).sessionToken}`;
  for (const cookie of ['', await cookieOf('reader'), await cookieOf('author')]) {
    const answer = await decide({}, cookie);
    expect([cookie, answer.status]).toEqual([cookie, 404]);
    expect(await statuses()).toEqual(before);
  }
  const cookie = await cookieOf('owner');
  const nonsense: Fields[] = [
    { comment: 'aaaaaaaaaaaa' }, { comment: '\0' }, { comment: '' }, { comment: 'x'.repeat(10_000) }, { revision: 'abc' }, { revision: '99999999999999999999' }, { revision: '-1' },
    { seenStatus: 'nothing' }, { decision: 'explode' }, { decision: 'restore' }, { undo: '00000000-0000-7000-8000-000000000000' }, { decision: '', undo: 'x' }, { decision: '', undo: '\0' }, { decision: { file: 'x' } }, { comment: LONE_SURROGATE },
    { many: 'x', comment: '' }, { many: '[]', comment: '' }, { many: JSON.stringify([{ comment: '../admin' }]), comment: '' }, { filter: '{', until: 'soon', comment: '' }, { undoBatch: 'x', decision: '' },
  ];
  for (const fields of nonsense) {
    const answer = await decide(fields, cookie);
    expect([fields, answer.status >= 400 && answer.status < 500, answer.status]).toEqual([fields, true, answer.status]);
    expect(await statuses()).toEqual(before);
  }
  // The same request decides, sent by somebody who may.
  expect((await decide({}, cookie)).status).toBe(200);
  expect((await statuses()).filter(({ status }, index) => status !== before[index]?.status)).toMatchObject([{ status: 'approved' }]);
});

test('a sign-in link that is none, or was used, signs nobody in', async () => {
  const printed = await blog.command('people', 'sign-in-link', 'owner@example.com');
  const link = new URL(/https?:\/\/\S+/.exec(printed)![0]);
  const path = link.pathname + link.search;
  const form = fieldsOfForm(await (await blog.request(path)).text(), 'Sign in');
  for (const token of ['', 'nonsense', '\0', 'x'.repeat(100_000), LONE_SURROGATE, { file: 'x' }]) {
    const answer = await sendForm(path, { ...form, token });
    expectRefusal(answer);
    expect(String(answer.headers['set-cookie'] ?? '')).not.toContain('session-token');
  }
  const used = await sendForm(path, form);
  expect(used.status).toBe(303);
  expectRefusal(await sendForm(path, form));
});

test('a reply of the desk that is refused keeps its text', async () => {
  await sendBox({ comment: 'Answer me.' });
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments?queue=approved');
  const card = page.getByRole('article').first();
  await card.getByRole('button', { name: 'Reply', exact: true }).click();
  const text = card.getByRole('textbox', { name: /^Reply to / });
  await text.fill('x'.repeat(65_526));
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await card.getByRole('button', { name: 'Post reply' }).click();
  expect((await answered).status()).toBe(422);
  await expectPage(page.getByRole('main').getByRole('alert')).toBeVisible();
  expect((await text.inputValue()).length).toBe(65_526);
});

test('of sixteen that arrive at once from one writer, one is kept and the others are told to wait', async () => {
  const before = await countComments();
  const answers = await Promise.all(Array.from({ length: 16 }, (_, number) => sendBox({ comment: `At once, ${number}.` }, { 'x-forwarded-for': '10.77.0.1' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(15).fill(429)]);
  for (const answer of answers) if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(await countComments()).toBe(before + 1);
});

test('of sixteen equal ones from everywhere at once, one is kept and the others are duplicates', async () => {
  const answers = await Promise.all(Array.from({ length: 16 }, (_, number) => sendBox({ comment: 'The very same.', email: 'same@example.net' }, { 'x-forwarded-for': `10.78.0.${number + 1}` })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409 || status === 429)).toHaveLength(15);
});

test('in a browser too, what a guest typed outlives a post that was closed meanwhile', async () => {
  const page = await blog.newPage();
  await page.goto(post.path);
  await blog.change('UPDATE "Post" SET "commentsOpen" = false WHERE slug = $1', [post.slug]);
  await postComment(page, { comment: 'Too late, but long.' });
  await expectPage(page.getByRole('alert').first()).toContainText('Comments are closed.');
  await expectPage(page.getByText('Too late, but long.').or(page.getByRole('textbox').filter({ hasText: 'Too late, but long.' })).first()).toBeVisible();
});

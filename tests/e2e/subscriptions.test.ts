import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

type Mail = { to: string; subject: string; text: string; headers: { list?: { leave: string } } | null };
const mailsTo = async (to: string) => (await blog.sql.query<Mail>('SELECT "to", subject, text, headers FROM "Mail" WHERE "to" = $1 ORDER BY "createdAt", id', [to])).rows;

/** The mail of this number to an address, when it is there. */
async function mailTo(to: string, number: number): Promise<Mail> {
  await expect.poll(async () => (await mailsTo(to)).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(number);
  return (await mailsTo(to))[number - 1]!;
}

/** The path of the first address in a mail that has this in it. */
const linkIn = ({ text }: Mail, part: string): string => {
  const found = text.split(/\s+/).find((word) => word.startsWith(blog.url) && word.includes(part));
  if (!found) throw new Error(`No address with ${part} in: ${text}`);
  return found.slice(blog.url.length);
};

const stateOf = async (email: string) => (await blog.sql.query<{ confirmed: boolean; posts: string | null }>('SELECT "confirmedAt" IS NOT NULL AS confirmed, posts FROM "Subscriber" WHERE email = $1', [email])).rows[0];

test('a guest asks with a comment, confirms by the one mail, is told of the next comment, and leaves', async () => {
  const { path } = await findOpenPost(blog);
  const reader = await blog.newPage();
  await reader.goto(path);
  await reader.getByRole('checkbox', { name: 'Notify me of new comments via email' }).check();
  await expect(reader.getByRole('combobox', { name: 'How often' })).toBeVisible();
  await postComment(reader, { comment: 'I would like to hear more.', email: 'grete@example.net' });
  await expect(articleWith(reader, 'I would like to hear more.')).toContainText('Your comment is awaiting moderation.');

  const asked = await mailTo('grete@example.net', 1);
  expectValue(asked.subject).toContain('Is this your address?');
  await reader.goto(linkIn(asked, '/confirm'));
  expectValue(await stateOf('grete@example.net')).toMatchObject({ confirmed: false });
  await expect(reader.getByRole('button', { name: 'Confirm' })).toHaveCount(1);
  await blog.expectAccessible(reader);
  await reader.getByRole('button', { name: 'Confirm' }).click();
  await expect(reader.getByRole('heading', { level: 1, name: 'Your subscriptions' })).toBeVisible();
  await expect(reader.getByRole('status')).toContainText('From now on you are told.');
  await blog.expectAccessible(reader);

  const owner = await blog.newPage();
  await blog.signIn(owner, 'owner');
  await owner.goto(`${path}/reply`);
  await field(owner, 'Comment (required)').fill('Here is more.');
  await owner.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(owner, 'Here is more.')).toBeVisible();
  const told = await mailTo('grete@example.net', 2);
  expectValue(told.text).toContain('> Here is more.');
  expectValue(await mailsTo('owner@example.com')).toEqual([]);

  await reader.goto(linkIn(told, '/unsubscribe'));
  await expect(reader.getByRole('button', { name: 'Unsubscribe' })).toHaveCount(1);
  await blog.expectAccessible(reader);
  await reader.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(reader.getByRole('status')).toContainText('Nothing more comes about that.');
  await expect(reader.getByText('You get no mails from this blog.')).toBeVisible();
});

test('without script the form of followers refuses what is no address, asks one that is, and it is confirmed and left', async () => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto('/');
  const form = page.getByRole('form', { name: 'Get new posts by email' });
  await form.getByRole('textbox', { name: 'Your email address' }).fill('nobody');
  await form.getByRole('button', { name: 'Subscribe' }).click();
  await expect(form.getByRole('textbox', { name: 'Your email address' })).toHaveValue('nobody');
  await expect(form.getByRole('textbox', { name: 'Your email address' })).toHaveAttribute('aria-invalid', 'true');
  await form.getByRole('textbox', { name: 'Your email address' }).fill('Follower@example.net');
  await form.getByRole('button', { name: 'Subscribe' }).click();
  await expect(page.getByRole('status')).toContainText('Please look into your mail');
  await page.goto(linkIn(await mailTo('follower@example.net', 1), '/confirm'));
  await page.getByRole('button', { name: 'Confirm' }).click();
  expectValue(await stateOf('follower@example.net')).toEqual({ confirmed: true, posts: 'instant' });
  await page.getByRole('combobox', { name: 'How often' }).selectOption('weekly');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toContainText('Saved.');
  await page.getByRole('button', { name: 'Leave everything' }).click();
  await expect(page.getByText('You get no mails from this blog.')).toBeVisible();
  expectValue(await stateOf('follower@example.net')).toEqual({ confirmed: false, posts: null });
});

test('every post has the form of followers after it, and every page in its footer', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  for (const [address, count] of [[path, 2], ['/', 1], ['/about', 1], ['/search', 1]] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Get new posts by email' })).toHaveCount(count);
    await expect(page.getByRole('form', { name: 'Get new posts by email' })).toHaveCount(1);
    await expect(page.getByRole('region', { name: 'Get new posts by email' })).toHaveCount(count - 1);
    await blog.expectAccessible(page);
  }
});

test('a mail program leaves at one press, and a person at the same address is asked first', async () => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto('/');
  const form = page.getByRole('form', { name: 'Get new posts by email' });
  await form.getByRole('textbox', { name: 'Your email address' }).fill('oneclick@example.net');
  await form.getByRole('button', { name: 'Subscribe' }).click();
  const token = linkIn(await mailTo('oneclick@example.net', 1), '/confirm').split('/')[2]!;
  await page.goto(`/subscriptions/${token}/confirm`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  const address = `/api/subscriptions/${token}/posts`;
  const asked = await blog.request(address);
  expectValue([asked.status, asked.headers.get('location')]).toEqual([307, `/subscriptions/${token}/unsubscribe?what=posts`]);
  expectValue(await stateOf('oneclick@example.net')).toEqual({ confirmed: true, posts: 'instant' });
  const left = await blog.request(address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  expectValue(left.status).toBe(204);
  expectValue((await stateOf('oneclick@example.net'))?.posts).toBeNull();
  const again = await blog.request(address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  expectValue(again.status).toBe(204);
  const wrong = await blog.request(`/api/subscriptions/${'x'.repeat(54)}/posts`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  expectValue(wrong.status).toBe(404);
});

test('a comment has a page of its writer’s own, where it is changed and withdrawn, without script too', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  await postComment(page, { comment: 'What I wrote first.', email: 'writer@example.net' });
  await page.getByRole('link', { name: 'Your comment’s own page: change or withdraw it' }).click();
  await expect(page.getByText('Awaiting moderation.')).toBeVisible();
  await field(page, 'Your comment').fill('What I wrote then.');
  await page.getByRole('button', { name: 'Save the change' }).click();
  await expect(page.getByRole('status')).toContainText('A person reads it before it appears.');
  const { rows: [row] } = await blog.sql.query<{ id: string; publicId: string; source: string }>('SELECT id, "publicId", source FROM "Comment" WHERE email = $1', ['writer@example.net']);
  expectValue(row?.source).toBe('What I wrote then.');

  const owner = await blog.newPage();
  await blog.signIn(owner, 'owner');
  await owner.goto('/admin/comments');
  await articleWith(owner, 'What I wrote then.').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(owner.getByRole('button', { name: 'Undo' })).toBeVisible();
  await owner.goto(`${path}/reply/${row!.publicId}`);
  await field(owner, 'Comment (required)').fill('An answer that stays.');
  await owner.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(owner, 'An answer that stays.')).toBeVisible();

  await page.reload();
  await page.getByText('Withdraw this comment…').click();
  await page.getByRole('button', { name: 'Withdraw for good' }).click();
  await expect(page.getByRole('status')).toContainText('Your comment is withdrawn.');
  await page.goto(`/comments/${row!.publicId}`).catch(() => undefined);
  await page.goto(path);
  await expect(page.getByText('Withdrawn by its writer')).toBeVisible();
  await expect(page.getByText('What I wrote then.')).toHaveCount(0);
  await expect(page.getByText('An answer that stays.')).toBeVisible();
});

test('the page of a comment that was published at once is one press away', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto(`${path}/reply`);
  await field(page, 'Comment (required)').fill('Published at once.');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your comment is published.' })).toBeVisible();
  await page.getByRole('link', { name: 'Your comment’s own page: change or withdraw it' }).click();
  await expect(page.getByText('Published.', { exact: true })).toBeVisible();
  await blog.expectAccessible(page);
  await page.goto('/account');
  await expect(page.getByRole('link', { name: 'Your comment’s own page: change or withdraw it' }).first()).toHaveAttribute('href', /^\/comments\/\w{12}\/receipt$/);
});

test('these pages are for one reader: kept nowhere, told to no search engine and no other site, and wrong links find nothing', async () => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto('/');
  const form = page.getByRole('form', { name: 'Get new posts by email' });
  await form.getByRole('textbox', { name: 'Your email address' }).fill('private@example.net');
  await form.getByRole('button', { name: 'Subscribe' }).click();
  const confirm = linkIn(await mailTo('private@example.net', 1), '/confirm');
  const centre = confirm.replace('/confirm', '');
  for (const path of [confirm, centre, `${centre}/unsubscribe`]) {
    const answer = await blog.request(path);
    expectValue([path, answer.status, answer.headers.get('cache-control'), answer.headers.get('referrer-policy')]).toEqual([path, 200, 'private, no-store', 'strict-origin']);
    expectValue(await answer.text()).toMatch(/<meta name="robots" content="noindex/);
  }
  for (const path of [`${centre}0`, '/subscriptions/none', '/subscriptions/none/confirm', '/receipts/none', '/comments/aaaaaaaaaaaa/receipt', centre.replace('/subscriptions/', '/receipts/')]) {
    expectValue([path, (await blog.request(path)).status]).toEqual([path, 404]);
  }
});

test('the owner sees the followers in numbers, brings a list along, and looks at the mails; nobody else does', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await blog.sql.query(`UPDATE "User" SET "emailVerified" = now() WHERE email = 'owner@example.com'`);
  await page.goto('/admin/followers');
  await blog.expectAccessible(page);
  const list = { name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from('id,email,subscribed_to_emails\n1,listed@example.net,true\n2,off@example.net,false\n') };
  await page.getByLabel('List of subscribers').setInputFiles(list);
  await page.getByRole('button', { name: 'Bring them along' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Only people who have asked' })).toBeVisible();
  await page.getByLabel('List of subscribers').setInputFiles(list);
  await page.getByRole('checkbox', { name: 'These people have asked for new posts of this blog' }).check();
  await page.getByRole('button', { name: 'Bring them along' }).click();
  await expect(page.getByText('From Ghost:')).toBeVisible();
  expectValue(await stateOf('listed@example.net')).toEqual({ confirmed: true, posts: 'instant' });
  expectValue(await stateOf('off@example.net')).toBeUndefined();
  await page.getByRole('button', { name: 'Send me the newest post' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It is on its way to' })).toBeVisible();
  await page.getByRole('link', { name: 'A new comment', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Read and reply' })).toBeVisible();
  for (const role of ['moderator', 'author', 'reader'] as const) {
    const { sessionToken } = await blog.openSession(role);
    for (const path of ['/admin/followers', '/admin/mails/comment']) expectValue([role, path, (await blog.request(path, { headers: { cookie: `authjs.session-token=${sessionToken}` } })).status]).toEqual([role, path, 404]);
  }
  expectValue((await blog.request('/admin/mails/comment')).status).toBe(404);
});

test('the command brings a list along, twice without doubling', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'list-'));
  const file = join(folder, 'subscribers.csv');
  writeFileSync(file, 'Email Address,Status\ncommand@example.net,Subscribed\nnobody,Subscribed\n');
  try {
    expectValue(await blog.command('import', file)).toMatch(/Subscribers\s+1\s+0\s+1/);
    expectValue(await blog.command('import', file)).toMatch(/Subscribers\s+0\s+1\s+1/);
    expectValue(await stateOf('command@example.net')).toEqual({ confirmed: true, posts: 'instant' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a mail service tells of mail that came back, by its secret address alone', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/followers');
  const address = (await page.locator('.followers-address').textContent())!.slice(blog.url.length);
  const body = JSON.stringify({ RecordType: 'Bounce', Type: 'HardBounce', Email: 'unknown@example.net' });
  const tell = (to: string, type = 'application/json', sent = body) => blog.request(to, { method: 'POST', headers: { 'content-type': type }, body: sent });
  expectValue((await tell(address)).status).toBe(204);
  expectValue((await tell(address, 'text/plain; charset=UTF-8')).status).toBe(204);
  expectValue((await tell(address, 'application/json', 'words')).status).toBe(400);
  expectValue((await tell(address, 'text/html')).status).toBe(415);
  expectValue((await tell(address.replace(/.$/, 'x'))).status).toBe(404);
  expectValue((await tell(address, 'application/json', ' '.repeat(300 * 1024))).status).toBe(413);
});

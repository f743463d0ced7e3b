import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { beforeEach, expect as expectValue, test } from 'vitest';
import { textHash } from '../../lib/identity/tokens';
import { newCommentId } from '../../lib/ids';
import { expect, useBlog, type Role } from '../support/blog';
import { fieldsOfForm, multipart, sendRaw, type RawAnswer } from '../support/raw-request';
import { untilTakenOver } from '../support/react';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

const EMAIL = 'ida.plain@hidden.example';
let ida: string;
let owl: string;

async function addPerson(name: string, email: string, role: Role = 'reader'): Promise<string> {
  const id = v7();
  await blog.sql.query('INSERT INTO "User" (id, name, email, role, "emailVerified") VALUES ($1, $2, $3, $4::"Role", now())', [id, name, email, role]);
  return id;
}

async function addComment(text: string, userId: string, pseudonymId: string | null): Promise<void> {
  const { slug } = await findOpenPost(blog);
  const name = pseudonymId ? 'Quiet Owl' : 'Ida Plain';
  await blog.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", "pseudonymId", name, source, html, status, "sourceHash")
     SELECT $1::uuid, $2, id, $1::uuid, 1, $3, $4, $5, $6, $7, 'pending', $8 FROM "Post" WHERE slug = $9`,
    [v7(), newCommentId(), userId, pseudonymId, name, text, `<p>${text}</p>`, textHash(text), slug],
  );
}

beforeEach(async () => {
  ida = await addPerson('Ida Plain', EMAIL);
  owl = v7();
  const { slug } = await findOpenPost(blog);
  await blog.sql.query(`INSERT INTO "Pseudonym" (id, "postId", "userId", name) SELECT $1, id, $2, 'Quiet Owl' FROM "Post" WHERE slug = $3`, [owl, ida, slug]);
  await addComment('Under my own name.', ida, null);
  await addComment('Under another name.', ida, owl);
});

const pageOf = (id: string) => `/admin/people/${id}`;
const cookieOf = (sessionToken: string) => ({ cookie: `authjs.session-token=${sessionToken}` });

async function open(role: Role, path: string, options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, role);
  await page.goto(path);
  return page;
}

/** The form of a page that has this button, sent by somebody, with these fields instead. */
async function send(sender: string | null, path: string, button: string, given: Record<string, string>, page?: string): Promise<RawAnswer> {
  const { sessionToken } = await blog.openSession('owner');
  const html = page ?? (await (await blog.request(path, { headers: cookieOf(sessionToken) })).text());
  const framed = multipart({ ...fieldsOfForm(html, button), ...given });
  return sendRaw(blog, { method: 'POST', path, body: framed.body, headers: { origin: blog.url, ...framed.headers, ...(sender === null ? {} : cookieOf(sender)) } });
}

const personNow = async (id: string) => (await blog.sql.query<{ role: string; standing: string }>('SELECT role, standing FROM "User" WHERE id = $1', [id])).rows[0];

test('who is not signed in is sent to do so, and authors and readers are not told of people', async () => {
  for (const path of ['/admin/people', pageOf(ida)]) {
    const answer = await blog.request(path);
    expectValue([path, answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([path, 307, '/sign-in']);
    for (const role of ['author', 'reader'] as const) {
      const { sessionToken } = await blog.openSession(role);
      expectValue([path, role, (await blog.request(path, { headers: cookieOf(sessionToken) })).status]).toEqual([path, role, 404]);
    }
  }
});

test('an id that nobody has, or that is none, is a page that is not there', async () => {
  const { sessionToken } = await blog.openSession('owner');
  for (const id of [v7(), 'nobody', '%27%20OR%201=1', '00000000-0000-0000-0000-000000000000']) {
    expectValue([id, (await blog.request(pageOf(id), { headers: cookieOf(sessionToken) })).status]).toEqual([id, 404]);
  }
});

test('what is wrong in the address of a page is left out', async () => {
  const { sessionToken } = await blog.openSession('owner');
  for (const path of ['/admin/people?role=king&standing=x&before=1&q=%25', '/admin/people?q=a&q=b', `${pageOf(ida)}?state=x&before=%27&made=1`]) {
    expectValue([path, (await blog.request(path, { headers: cookieOf(sessionToken) })).status]).toEqual([path, 200]);
  }
});

test('a moderator gets no e-mail address in any answer, and finds nobody by one', async () => {
  const { sessionToken, userId } = await blog.openSession('moderator');
  await blog.sql.query(`INSERT INTO "Invitation" (id, email, role, "tokenHash", "invitedById", expires) SELECT $1, 'invited@hidden.example', 'author', 'x', id, now() + interval '1 day' FROM "User" WHERE role = 'owner' LIMIT 1`, [v7()]);
  for (const path of ['/admin/people', '/admin/people?q=hidden', `/admin/people?q=${encodeURIComponent(EMAIL)}`, pageOf(ida), pageOf(owl), pageOf(userId)]) {
    for (const more of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const text = await (await blog.request(path, { headers: { ...cookieOf(sessionToken), ...more } })).text();
      const said = path.includes('?') ? text.replaceAll(EMAIL, '').replaceAll(encodeURIComponent(EMAIL), '') : text;
      expectValue([path, said.match(/[\w.+-]+(@|%40)(hidden\.)?example(\.com|\.net)?/g)]).toEqual([path, null]);
    }
  }
  const page = await open('moderator', `/admin/people?q=${encodeURIComponent('hidden.example')}`);
  await expect(page.getByText('Nobody is found.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Invite somebody' })).toHaveCount(0);
});

test('to a moderator a name on one post is a person of its own; the owner sees who it is', async () => {
  const page = await open('moderator', '/admin/people?q=a');
  await expect(page.getByRole('article', { name: 'Ida Plain' })).toContainText('1 waiting');
  await page.goto('/admin/people');
  await page.getByRole('link', { name: 'Quiet Owl' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quiet Owl' })).toBeVisible();
  await expect(page.getByText('Under another name.')).toBeVisible();
  await expect(page.getByText(/This name stands on one post only/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set standing' })).toHaveCount(0);
  expectValue(await page.content()).not.toMatch(new RegExp(`Ida|${ida}`));
  await page.goto(pageOf(ida));
  await expect(page.getByText('Under my own name.')).toBeVisible();
  expectValue(await page.content()).not.toMatch(new RegExp(`Owl|another name|${owl}`));

  const owner = await open('owner', pageOf(owl));
  await owner.getByRole('link', { name: 'Ida Plain' }).click();
  await expect(owner.getByRole('heading', { level: 1, name: 'Ida Plain' })).toBeVisible();
  await expect(owner.getByRole('link', { name: 'Quiet Owl' })).toBeVisible();
  await expect(owner.getByText(EMAIL)).toBeVisible();
});

test('every number leads to what it counts, and every comment to its card', async () => {
  const page = await open('moderator', '/admin/people');
  await page.getByRole('article', { name: 'Ida Plain' }).getByRole('link', { name: '1 waiting' }).click();
  const comments = page.getByRole('list', { name: 'Comments, newest first' });
  await expect(comments.getByText('Under my own name.')).toBeVisible();
  await comments.getByRole('link', { name: /^Open in the queue/ }).click();
  await expect(page.getByRole('article', { name: 'Ida Plain' })).toContainText('Under my own name.');
  await page.getByRole('article', { name: 'Ida Plain' }).getByRole('link', { name: 'Ida Plain' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ida Plain' })).toBeVisible();
});

test.each([true, false])('a moderator finds somebody, sets their standing, and takes it back (script: %s)', async (javaScript) => {
  const page = await open('moderator', '/admin/people', { javaScript });
  await page.getByRole('searchbox', { name: 'Name', exact: true }).fill('ida p');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Ida Plain' }).click();
  const standing = page.getByRole('combobox', { name: 'Standing', exact: true });
  await standing.waitFor();
  expectValue(await standing.locator('option').allTextContents()).toEqual(['normal', 'trusted', 'always held', 'suspended', 'banned']);
  await expect(page.getByLabel('Until')).toBeHidden();
  await standing.selectOption('always held');
  await page.getByRole('button', { name: 'Set standing' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Ida Plain is now always held.' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'What was done about them' })).toContainText('normal → always held');
  expectValue(await personNow(ida)).toEqual({ role: 'reader', standing: 'held' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Ida Plain is now normal.' })).toBeVisible();
  expectValue(await personNow(ida)).toEqual({ role: 'reader', standing: 'normal' });
});

test('a suspension asks for a moment in the future, in the site’s time zone, and keeps what was chosen', async () => {
  await blog.change(`UPDATE "Site" SET "timeZone" = 'Europe/Berlin'`);
  const page = await open('moderator', pageOf(ida));
  await page.getByRole('combobox', { name: 'Standing', exact: true }).selectOption('suspended');
  await expect(page.getByLabel('Until')).toHaveAccessibleDescription('Time zone: Europe/Berlin. A suspension has an end; anything else can go on without one.');
  await page.getByLabel('Until').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Set standing' }).click();
  await expect(page.getByText('Please choose a moment in the future.')).toBeVisible();
  await expect(page.getByLabel('Until')).toHaveValue('2020-01-01T10:00');
  await page.getByLabel('Until').fill('2040-07-01T10:00');
  await page.getByRole('button', { name: 'Set standing' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'suspended until 1 July 2040 at 10:00' })).toBeVisible();
  const { rows } = await blog.sql.query<{ until: Date }>('SELECT "standingUntil" AS until FROM "User" WHERE id = $1', [ida]);
  expectValue(rows[0]?.until.toISOString()).toBe('2040-07-01T08:00:00.000Z');
});

test('the owner changes a role by keyboard alone, which signs that person out; notes are written and taken away', async () => {
  const { userId, sessionToken } = await blog.openSession('author');
  const page = await open('owner', pageOf(userId));
  const role = page.getByRole('combobox', { name: 'Role' });
  await role.focus();
  await page.keyboard.type('mod');
  await expect(role).toHaveValue('moderator');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Change role' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'is now moderator.' })).toBeVisible();
  expectValue((await blog.request('/admin/comments', { headers: cookieOf(sessionToken) })).status).toBe(307);

  await page.getByRole('textbox', { name: 'New note' }).fill('Kind, but quick.');
  await page.getByRole('button', { name: 'Add note' }).click();
  const notes = page.getByRole('list', { name: 'Private notes' });
  await expect(notes).toContainText('Kind, but quick.');
  await page.getByRole('button', { name: 'Delete note' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The note is deleted.' })).toBeVisible();
  await expect(notes).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(notes).toContainText('Kind, but quick.');
});

test.each([true, false])('the owner signs somebody out everywhere from their page (script: %s)', async (javaScript) => {
  const { userId, sessionToken } = await blog.openSession('author');
  const page = await open('owner', pageOf(userId), { javaScript });
  const button = page.getByRole('button', { name: 'Sign out everywhere' });
  if (javaScript) await untilTakenOver(button);
  await button.click();
  await expect(page.getByRole('status').filter({ hasText: /^One session of .+ is ended\.$/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'What was done about them' })).toContainText('Sessions ended: 1');
  expectValue((await blog.request('/admin/comments', { headers: cookieOf(sessionToken) })).status).toBe(307);
  await button.click();
  await expect(page.getByRole('status').filter({ hasText: 'was not signed in anywhere.' })).toBeVisible();
});

test('the last owner cannot make themself less, and is told so', async () => {
  const { rows } = await blog.sql.query<{ id: string }>(`SELECT id FROM "User" WHERE role = 'owner'`);
  const page = await open('owner', pageOf(rows[0]!.id));
  await page.getByRole('combobox', { name: 'Role' }).selectOption('reader');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Change role' }).click();
  expectValue((await answered).status()).toBe(409);
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('This is the only owner. Make somebody else owner first.');
  expectValue((await personNow(rows[0]!.id))?.role).toBe('owner');
});

test('what a form of an owner’s page does in other hands, or with other ids: nothing, said by its status', async () => {
  const signedIn = { owner: await blog.openSession('owner'), moderator: await blog.openSession('moderator'), author: await blog.openSession('author'), reader: await blog.openSession('reader') };
  const { owner, moderator, author, reader } = signedIn;
  const html = await (await blog.request(pageOf(ida), { headers: cookieOf(owner.sessionToken) })).text();
  const people = await (await blog.request('/admin/people', { headers: cookieOf(owner.sessionToken) })).text();
  const role = (sender: string | null, more: Record<string, string> = {}) => send(sender, pageOf(ida), 'Change role', { role: 'owner', ...more }, html);
  const standing = (sender: string | null, more: Record<string, string> = {}) => send(sender, pageOf(ida), 'Set standing', { standing: 'banned', until: '', ...more }, html);
  const sessions = (sender: string | null, more: Record<string, string> = {}) => send(sender, pageOf(ida), 'Sign out everywhere', more, html);
  const note = (sender: string | null, more: Record<string, string> = {}) => send(sender, pageOf(ida), 'Add note', { note: 'Mine.', ...more }, html);
  const invite = (sender: string | null, more: Record<string, string> = {}) => send(sender, '/admin/people', 'Invite', { email: 'new@example.net', role: 'owner', ...more }, people);
  const statuses = async (acts: Promise<RawAnswer>[]) => (await Promise.all(acts)).map(({ status }) => status);

  expectValue(await statuses([role(moderator.sessionToken), sessions(moderator.sessionToken), invite(moderator.sessionToken)])).toEqual([403, 403, 403]);
  expectValue(await statuses([sessions(author.sessionToken), sessions(reader.sessionToken), sessions(owner.sessionToken, { person: v7() })])).toEqual([404, 404, 404]);
  for (const { sessionToken } of [author, reader]) expectValue(await statuses([role(sessionToken), standing(sessionToken), note(sessionToken), invite(sessionToken)])).toEqual([404, 404, 404, 404]);
  for (const status of await statuses([role(null), standing(null), note(null), invite(null)])) expectValue([307, 303, 401]).toContain(status);
  expectValue(await statuses([standing(moderator.sessionToken, { person: moderator.userId }), standing(moderator.sessionToken, { person: owner.userId }), standing(moderator.sessionToken, { person: owl, seen: '' })])).toEqual([403, 403, 403]);
  expectValue(await statuses([role(owner.sessionToken, { person: v7() }), role(owner.sessionToken, { person: 'x' }), standing(owner.sessionToken, { person: '' }), note(owner.sessionToken, { person: "' OR 1=1" })])).toEqual([404, 404, 404, 404]);
  expectValue(await statuses([role(owner.sessionToken, { role: 'king' }), standing(owner.sessionToken, { standing: 'king' }), note(owner.sessionToken, { note: ' ' }), invite(owner.sessionToken, { email: 'nobody' }), invite(owner.sessionToken, { role: 'king' })])).toEqual([422, 422, 422, 422, 422]);
  expectValue(await statuses([role(owner.sessionToken, { seen: 'author' }), standing(owner.sessionToken, { seen: 'held' })])).toEqual([409, 409]);

  expectValue(await personNow(ida)).toEqual({ role: 'reader', standing: 'normal' });
  const { rows } = await blog.sql.query('SELECT (SELECT count(*) FROM "PersonNote")::int AS notes, (SELECT count(*) FROM "Invitation")::int AS invitations');
  expectValue(rows).toEqual([{ notes: 0, invitations: 0 }]);
});

test('an owner who was made less has an old page, and it does nothing', async () => {
  const { userId, sessionToken } = await blog.openSession('owner');
  await addPerson('Second Owner', 'second@example.net', 'owner');
  const html = await (await blog.request(pageOf(ida), { headers: cookieOf(sessionToken) })).text();
  await blog.sql.query(`UPDATE "User" SET role = 'author' WHERE id = $1`, [userId]);
  const framed = multipart({ ...fieldsOfForm(html, 'Change role'), role: 'owner' });
  const answer = await sendRaw(blog, { method: 'POST', path: pageOf(ida), body: framed.body, headers: { origin: blog.url, ...framed.headers, ...cookieOf(sessionToken) } });
  expectValue(answer.status).toBe(404);
  expectValue((await personNow(ida))?.role).toBe('reader');
});

test.each([true, false])('with no mail server the link of an invitation is shown once; accepting it signs in, once (script: %s)', async (javaScript) => {
  const page = await open('owner', '/admin/people', { javaScript });
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill('Nora@Example.net');
  await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('moderator');
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByRole('textbox', { name: 'Link of the invitation' }).inputValue();
  expectValue(link).toMatch(/^http:\/\/localhost:\d+\/sign-in\/invitation\?token=[\w-]{43}$/);
  await expect(page.getByRole('list', { name: 'Open invitations' })).toContainText('nora@example.net as moderator');
  await page.goto('/admin/people');
  expectValue(await page.content()).not.toContain(new URL(link).searchParams.get('token'));

  // A mail scanner opens it.
  expectValue((await blog.request(link)).status).toBe(200);
  const guest = await blog.newPage({ javaScript });
  await guest.goto(link);
  await expect(guest.getByText(/You are invited to .* as a moderator/)).toBeVisible();
  if (javaScript) await blog.expectAccessible(guest);
  await guest.getByRole('button', { name: 'Accept the invitation' }).click();
  await guest.waitForURL('**/admin');
  await expect(guest.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();

  const late = await blog.newPage();
  expectValue((await late.goto(link))?.status()).toBe(404);
  await expect(late.getByRole('main').getByRole('alert')).toContainText('Ask whoever invited you for a new one.');
  await expect(late.getByRole('button', { name: 'Accept the invitation' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('list', { name: 'Open invitations' })).toHaveCount(0);
});

test('an invitation withdrawn opens nothing, and somebody with an account is not invited', async () => {
  const page = await open('owner', '/admin/people');
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill('nora@example.net');
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByRole('textbox', { name: 'Link of the invitation' }).inputValue();
  const guest = await blog.newPage();
  await guest.goto(link);
  await page.getByRole('button', { name: 'Withdraw the invitation of nora@example.net' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is withdrawn' })).toBeVisible();
  await guest.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('withdrawn');

  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(EMAIL);
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText('Somebody with this address has an account already. You can change their role on their page.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Email', exact: true })).toHaveValue(EMAIL);
});

test('a forged host changes no link of an invitation', async () => {
  const { sessionToken } = await blog.openSession('owner');
  const html = await (await blog.request('/admin/people', { headers: cookieOf(sessionToken) })).text();
  const framed = multipart({ ...fieldsOfForm(html, 'Invite'), email: 'nora@example.net', role: 'author' });
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' };
  const answer = await sendRaw(blog, { method: 'POST', path: '/admin/people', body: framed.body, headers: { origin: blog.url, ...framed.headers, ...forged, ...cookieOf(sessionToken) } });
  expectValue(answer.status).toBe(200);
  const { rows } = await blog.sql.query<{ text: string }>(`SELECT text FROM "Mail" WHERE "to" = 'nora@example.net'`);
  expectValue(rows[0]?.text).toContain(`${blog.url}/sign-in/invitation?token=`);
  expectValue(rows[0]?.text).not.toContain('evil.example');
});

test.each([
  [390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark'],
] as const)('no page of people has a fault that axe finds or scrolls sideways, at %i px in %s', async (width, colorScheme) => {
  for (const role of ['owner', 'moderator'] as const) {
    const page = await open(role, '/admin/people', { width, colorScheme });
    for (const path of ['/admin/people', '/admin/people?q=nobody-at-all', pageOf(ida), `${pageOf(ida)}?state=trash`, pageOf(owl)]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await blog.expectAccessible(page);
      expectValue([path, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)]).toEqual([path, 0]);
    }
  }
});

import type { Page } from 'playwright-core';
import { beforeEach, expect as expectValue, test } from 'vitest';
import { BEAT_PATH, SAVE_PATH } from '../../lib/posts/editor-requests';
import { newId } from '../../lib/ids';
import { expect, useBlog, type PageOptions, type Role } from '../support/blog';

const blog = useBlog();

const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true });
const body = (page: Page) => page.getByRole('textbox', { name: 'Post body', exact: true });
const status = (page: Page) => page.getByRole('status');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const idOf = (page: Page): string => /\/admin\/posts\/([0-9a-f-]{36})$/.exec(new URL(page.url()).pathname)?.[1] ?? '';

async function openEditor(path = '/admin/posts/new', { role = 'author', ...options }: PageOptions & { role?: Role } = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, role);
  await page.goto(path);
  await expect(body(page)).toBeVisible();
  return page;
}

async function write(page: Page, words: string): Promise<void> {
  await body(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

const saved = (page: Page) => expect(status(page)).toHaveText('Saved', { timeout: 20_000 });

/** A draft of the author's with these words, as its first window has saved it. */
async function savedDraft(page: Page): Promise<string> {
  await title(page).fill('A rainy Tuesday');
  await write(page, 'It rained all day.');
  await saved(page);
  return idOf(page);
}

const textOf = async (id: string): Promise<string | undefined> => (await blog.sql.query<{ html: string }>('SELECT html FROM "Post" WHERE id = $1', [id])).rows[0]?.html;

test('a post is written, saved by itself, and published: the very next request shows it', async () => {
  const page = await openEditor();
  await blog.expectAccessible(page);
  const id = await savedDraft(page);
  expectValue(id).not.toBe('');
  expectValue(await textOf(id)).toContain('It rained all day.');
  expectValue((await blog.request('/posts/a-rainy-tuesday')).status).toBe(404);

  await button(page, 'Publish').click();
  await expect(status(page)).toContainText('It is published.');
  expectValue(await (await blog.request('/posts/a-rainy-tuesday')).text()).toContain('It rained all day.');
  expectValue(await (await blog.request('/')).text()).toContain('A rainy Tuesday');
  await blog.expectAccessible(page);

  await write(page, ' Then the sun came out.');
  await saved(page);
  expectValue(await (await blog.request('/posts/a-rainy-tuesday')).text()).not.toContain('Then the sun');
  await button(page, 'Update').click();
  await expect(status(page)).toContainText('It is updated.');
  expectValue(await (await blog.request('/posts/a-rainy-tuesday')).text()).toContain('Then the sun came out.');
});

test('by keyboard alone a post is written, scheduled and made a draft again', async () => {
  const page = await openEditor();
  await expect(title(page)).toBeFocused();
  await page.keyboard.type('From the keyboard');
  await page.keyboard.press('Enter');
  await expect(body(page)).toBeFocused();
  await page.keyboard.type('Every word of it.');
  await saved(page);
  await button(page, 'Schedule').focus();
  await page.keyboard.press('Enter');
  const at = page.getByLabel(/^Comes out on/);
  await expect(at).toBeFocused();
  await expect(page.getByText('Please choose the day and the hour at which it comes out.')).toBeVisible();
  await at.fill('2094-05-13T10:30');
  await button(page, 'Schedule').focus();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(/^It comes out on 13 May 2094/);
  await expect(button(page, 'Publish')).toBeVisible();
  await blog.expectAccessible(page);
  await button(page, 'Make it a draft again').focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Save draft')).toBeVisible();
});

test('a second window is told of, and whoever saves second is asked: nothing is overwritten, and nothing typed is lost', async () => {
  const first = await openEditor('/admin/posts/new', { allow: [/409/] });
  const id = await savedDraft(first);
  const second = await first.context().newPage();
  await second.goto(`/admin/posts/${id}`);
  await expect(body(second)).toContainText('It rained all day.');
  await expect(first.getByText('This post is open in another window of yours.')).toBeVisible();
  await expect(second.getByText('This post is open in another window of yours.')).toBeVisible();

  await write(second, ' From the second.');
  await saved(second);
  await expect(first.getByText('This was changed in another window since you opened it here.')).toBeVisible();
  await write(first, ' From the first.');
  const asked = first.getByRole('alert').filter({ hasText: 'another window' });
  await expect(asked).toBeVisible({ timeout: 20_000 });
  await expect(status(first)).toHaveText(/^Not saved/);
  expectValue(await textOf(id)).toContain('From the second.');
  await blog.expectAccessible(first);

  await button(first, 'Load theirs').click();
  await expect(body(first)).toContainText('From the second.');
  await expect(body(first)).not.toContainText('From the first.');
  await button(first, 'Take up what was typed').click();
  await expect(body(first)).toContainText('From the first.');
  await saved(first);
  expectValue(await textOf(id)).toContain('From the first.');

  await write(second, ' Once more.');
  await button(second, 'Save mine over theirs').click({ timeout: 20_000 });
  await saved(second);
  expectValue(await textOf(id)).toContain('Once more.');
  const { rows } = await blog.sql.query<{ html: string }>('SELECT html FROM "PostRevision" WHERE "postId" = $1', [id]);
  expectValue(rows.some(({ html }) => html.includes('From the first.'))).toBe(true);
});

test('what is typed offline is kept in the browser, and offered when the post is opened again, to its writer alone', async () => {
  const page = await openEditor('/admin/posts/new', { allow: [/ERR_INTERNET_DISCONNECTED/] });
  const id = await savedDraft(page);
  await page.context().setOffline(true);
  await write(page, ' Typed on the train.');
  await expect(status(page)).toHaveText('Offline – kept in this browser', { timeout: 20_000 });
  // The window dies and can send no last words: here they would be sent as if there were a connection.
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
  const again = await page.context().newPage();
  await page.context().setOffline(false);
  expectValue(await textOf(id)).not.toContain('train');

  await blog.signIn(again, 'owner');
  await again.goto(`/admin/posts/${id}`);
  await expect(body(again)).toContainText('It rained all day.');
  await blog.signIn(again, 'author');
  await again.goto(`/admin/posts/${id}`);
  await expect(again.getByText(/^This browser has kept something typed on/)).toBeVisible();
  await expect(body(again)).not.toContainText('train');
  await blog.expectAccessible(again);
  await button(again, 'Take up what was typed').click();
  await expect(body(again)).toContainText('Typed on the train.');
  await saved(again);
  expectValue(await textOf(id)).toContain('Typed on the train.');
  await again.reload();
  await expect(body(again)).toContainText('Typed on the train.');
  await expect(again.getByText(/^This browser has kept/)).toHaveCount(0);
});

test('a new post that never reached the blog is offered where a new one is begun', async () => {
  const page = await openEditor('/admin/posts/new', { allow: [/ERR_INTERNET_DISCONNECTED/] });
  await page.context().setOffline(true);
  await title(page).fill('Begun in a tunnel');
  await expect(status(page)).toHaveText('Offline – kept in this browser', { timeout: 20_000 });
  await page.close();
  await page.context().setOffline(false);
  const again = await page.context().newPage();
  await again.goto('/admin/posts/new');
  await expect(again.getByText('“Begun in a tunnel”')).toBeVisible();
  await button(again, 'Take up what was typed').click();
  await expect(title(again)).toHaveValue('Begun in a tunnel');
  await saved(again);
  expectValue(idOf(again)).not.toBe('');
});

test('whoever is signed out while writing is told, and loses nothing', async () => {
  const page = await openEditor('/admin/posts/new', { allow: [/401/] });
  const id = await savedDraft(page);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await write(page, ' Typed while signed out.');
  await expect(page.getByRole('link', { name: 'sign in again in another tab' })).toBeVisible({ timeout: 20_000 });
  await page.context().addCookies(cookies);
  await saved(page);
  expectValue(await textOf(id)).toContain('Typed while signed out.');
});

test('an earlier version is found, compared by words, and taken up again; readers see nothing of it before an act', async () => {
  const page = await openEditor();
  const id = await savedDraft(page);
  await button(page, 'Publish').click();
  await expect(status(page)).toContainText('It is published.');
  await body(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('It snowed all day.');
  await button(page, 'Update').click();
  await expect(status(page)).toContainText('It is updated.');

  await page.goto(`/admin/posts/${id}/revisions`);
  const versions = page.getByRole('navigation', { name: 'Versions' }).getByRole('link');
  await versions.nth(1).click();
  await expect(page.locator('ins').filter({ hasText: 'snowed' })).toBeVisible();
  await expect(page.locator('del').filter({ hasText: 'rained' })).toBeVisible();
  await blog.expectAccessible(page);
  // Every version has such a button: that of the page before must not be pressed while the next is on its way.
  const first = `**${(await versions.last().getAttribute('href'))!.replace('?', '\\?')}`;
  await Promise.all([page.waitForURL(first, { waitUntil: 'networkidle' }), versions.last().click()]);
  await button(page, 'Restore this one').click();
  await expect(body(page)).toContainText('It rained all day.');
  expectValue(await (await blog.request('/posts/a-rainy-tuesday')).text()).toContain('It snowed all day.');
});

test.each([[390, 'light'], [390, 'dark'], [1280, 'dark']] as const)('at %i pixels, %s, everything of a post can be set', async (width, colorScheme) => {
  const page = await openEditor('/admin/posts/new', { width, colorScheme });
  await savedDraft(page);
  if (width < 1024) await button(page, 'Settings').click();
  await page.getByRole('radio', { name: 'Whoever has the password' }).check();
  await page.getByRole('textbox', { name: 'Password' }).fill('primrose');
  await page.getByText('Categories and tags').click();
  await page.getByRole('textbox', { name: 'New category' }).fill('Weather');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Weather' })).toBeChecked();
  await page.getByRole('combobox', { name: 'Add a tag' }).fill('rain, snow,');
  await expect(button(page, 'Remove the tag snow')).toBeVisible();
  await page.getByText('Discussion', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Sensitive' })).toBeVisible();
  await blog.expectAccessible(page);
  if (width < 1024) await button(page, 'Done').click();
  await button(page, 'Publish').click();
  await expect(status(page).first()).toContainText('Whoever has the password can read it now.');
  const { rows } = await blog.sql.query<{ status: string; password: string; tags: string }>(`SELECT p.status, p.password, (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM "PostTag" pt JOIN "Tag" t ON t.id = pt."tagId" WHERE pt."postId" = p.id) AS tags FROM "Post" p WHERE slug = 'a-rainy-tuesday'`);
  expectValue(rows).toEqual([{ status: 'password', password: 'primrose', tags: 'rain,snow' }]);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

const FIELDS = { title: 'A title', html: '<p>Words</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

let author: string;
beforeEach(async () => {
  author = `authjs.session-token=${(await blog.openSession('author')).sessionToken}`;
});

const send = (path: string, sent: unknown, cookie = author, headers: Record<string, string> = {}) =>
  blog.request(path, { method: 'POST', headers: { 'content-type': 'application/json', origin: blog.url, cookie, ...headers }, body: typeof sent === 'string' ? sent : JSON.stringify(sent) });
const save = (more: object = {}) => ({ id: newId(), kind: 'post', fields: FIELDS, seen: '', tab: newId(), ...more });

test('a save that is none is refused by its status, with a sentence, and writes nothing', async () => {
  const count = async () => (await blog.sql.query<{ count: number }>('SELECT count(*)::int AS count FROM "Post"')).rows[0]?.count;
  const before = await count();
  const { sessionToken: reader } = await blog.openSession('reader');
  const { rows: [others] } = await blog.sql.query<{ id: string }>('SELECT id FROM "Post" WHERE "authorId" <> (SELECT id FROM "User" WHERE email = $1) LIMIT 1', ['author@example.com']);
  const answers: [number, Response][] = [
    [400, await send(SAVE_PATH, '{')], [400, await send(SAVE_PATH, '')], [400, await send(SAVE_PATH, '\u0000')],
    [401, await send(SAVE_PATH, save(), '')], [404, await send(SAVE_PATH, save(), `authjs.session-token=${reader}`)],
    [404, await send(SAVE_PATH, save({ id: others?.id, seen: '1.0' }))],
    [422, await send(SAVE_PATH, 'null')], [422, await send(SAVE_PATH, [])], [422, await send(SAVE_PATH, save({ fields: { ...FIELDS, title: 'x'.repeat(2_001) } }))], [422, await send(SAVE_PATH, save({ id: '1' }))],
    [403, await send(SAVE_PATH, save(), author, { origin: 'https://elsewhere.example' })],
    [404, await send(BEAT_PATH, { id: others?.id, tab: newId() })], [401, await send(BEAT_PATH, {}, '')], [404, await send(BEAT_PATH, { id: 1 })],
  ];
  expectValue(answers.map(([, { status: said }]) => said)).toEqual(answers.map(([wanted]) => wanted));
  for (const [, answer] of answers) expectValue(await answer.text()).toMatch(/[A-Z][^."]{8,}\./);
  expectValue(await count()).toBe(before);
  const nul = await send(SAVE_PATH, save({ fields: { ...FIELDS, title: 'a\0b', html: '<p>\0\ud800</p>', tags: ['\0'] } }));
  expectValue(nul.status).toBeLessThan(500);
});

test('the same first save twice makes one post; another window’s save of it is a conflict', async () => {
  const first = save();
  expectValue((await send(SAVE_PATH, first)).status).toBe(200);
  expectValue((await send(SAVE_PATH, first)).status).toBe(200);
  const other = await send(SAVE_PATH, { ...first, tab: newId(), fields: { ...FIELDS, title: 'Another' } });
  expectValue([other.status, other.headers.get('cache-control')]).toEqual([409, 'private, no-store']);
  expectValue(await other.json()).toMatchObject({ ok: false, code: 'conflict', fields: { seen: expect.any(String) } });
  const { rows } = await blog.sql.query('SELECT 1 FROM "Post" WHERE id = $1', [first.id]);
  expectValue(rows).toHaveLength(1);
});

import { readFile } from 'node:fs/promises';
import { v7 } from 'uuid';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';

const blog = useBlog();

const cookie = async (role: 'reader' | 'author' | 'moderator' | 'owner') => ({ cookie: `authjs.session-token=${(await blog.openSession(role)).sessionToken}` });

test.each([[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const)('at %i px in %s a moderator reads who decided what, narrows it, and sees how long comments wait', async (width, colorScheme) => {
  const page = await blog.newPage({ width, colorScheme });
  await blog.signIn(page, 'moderator');
  await page.goto('/admin/comments?queue=pending');
  const name = await page.getByRole('article').first().getByRole('heading').textContent();
  await page.getByRole('article').first().getByRole('button', { name: 'Spam' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.getByRole('link', { name: 'Log', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Log' })).toBeVisible();
  const entries = page.getByRole('list', { name: 'Decisions, newest first' }).getByRole('listitem');
  await expect(entries.first()).toContainText(`The moderator moved to Spam ${name?.trim()}`);
  await expect(entries.first()).toContainText('Pending → Spam');
  await expect(page.locator('.log-bars svg .recharts-bar-rectangle path').first()).toBeVisible();
  await page.getByText('The same in numbers').click();
  const today = page.getByRole('table').getByRole('row').nth(1);
  await expect(today.getByRole('cell').nth(1)).toHaveText('1');
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);

  await today.getByRole('link', { name: '1' }).click();
  await expect(page).toHaveURL(/who=people.*decision=refused|decision=refused.*who=people/);
  await expect(entries).toHaveCount(1);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: 'The blog itself' });
  await page.getByRole('combobox', { name: 'Decision' }).selectOption({ label: 'Received' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(entries.first()).toContainText('The blog received');
  await expect(page.getByRole('combobox', { name: 'Who' })).toHaveValue('blog');
  await expect(page.getByRole('list', { name: 'Decisions, newest first' })).not.toContainText('The moderator');
});

test('what was done about people has a page of its own beside it', async () => {
  const { userId } = await blog.openSession('author');
  await blog.sql.query(`INSERT INTO "PersonEvent" (id, "userId", what, "from", "to", reason) VALUES ($1, $2, 'standing', 'normal', 'held', 'Be kind.')`, [v7(), userId]);
  const page = await blog.newPage({ width: 390, colorScheme: 'dark' });
  await blog.signIn(page, 'moderator');
  await page.goto('/admin/log');
  await page.getByRole('link', { name: 'What was done about people' }).click();
  const acts = page.getByRole('list', { name: 'Acts, newest first' }).getByRole('listitem');
  await expect(acts).toHaveCount(1);
  await expect(acts).toContainText('The author');
  await expect(acts).toContainText('Be kind.');
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await expect(page.getByRole('combobox', { name: 'What' }).getByRole('option')).toHaveText(['Anything', 'Standing', 'Warning']);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  expectValue(download.suggestedFilename()).toMatch(/^people-\d{4}-\d\d-\d\d\.csv$/);
  expectValue(await readFile(await download.path(), 'utf8')).toMatch(/^\uFEFFtime,who,person,what,before,after,why\r\n[^\r]+,,The author,standing,normal,held,Be kind\.\r\n$/);
  await page.getByRole('combobox', { name: 'What' }).selectOption('Warning');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing was done that fits this filter.')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(acts).toHaveCount(1);
});

test('the log comes as a file with the same filter', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/log?who=people');
  const lines = await page.getByRole('list', { name: 'Decisions, newest first' }).getByRole('listitem').count();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  expectValue(download.suggestedFilename()).toMatch(/^decisions-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  expectValue(text.startsWith('\uFEFFtime,who,decision')).toBe(true);
  expectValue(text.trim().split('\r\n')).toHaveLength(lines + 1);
  expectValue(text).not.toContain('@example');
  const answer = await blog.request('/admin/log.csv', { headers: await cookie('moderator') });
  expectValue([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'text/csv; charset=utf-8; header=present', 'private, no-store']);
});

test.each(['/admin/log', '/admin/log.csv', '/admin/log/people', '/admin/log/people.csv'])('%s is there for moderators and owners alone', async (path) => {
  for (const role of ['author', 'reader'] as const) {
    const answer = await blog.request(path, { headers: await cookie(role) });
    expectValue([role, answer.status, (await answer.text()).includes('moved to')]).toEqual([role, 404, false]);
  }
  const answer = await blog.request(path);
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
  const page = await blog.newPage();
  await blog.signIn(page, 'author');
  await page.goto('/admin/comments');
  await expect(page.getByRole('link', { name: 'Log', exact: true })).toHaveCount(0);
});

test.each(['who=x', 'decision=x', 'from=2026-02-30', 'after=x', 'post=', 'who=a&who=b'])('an address that asks for what is not there (“%s”) shows the whole log', async (query) => {
  const answer = await blog.request(`/admin/log?${query}`, { headers: await cookie('owner') });
  expectValue(answer.status).toBe(200);
  expectValue(await answer.text()).toContain('Decisions, newest first');
});

test('the chart’s library is on no other page of the desk', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  const scripts = async (path: string, shown: string) => {
    const sources: string[] = [];
    const note = (request: { url(): string; resourceType(): string }) => { if (request.resourceType() === 'script') sources.push(request.url()); };
    page.on('request', note);
    await page.goto(path);
    await expect(page.locator(shown).first()).toBeVisible();
    page.off('request', note);
    return Promise.all(sources.map(async (source) => (await blog.request(new URL(source).pathname)).text()));
  };
  const holdsChart = (sources: string[]) => sources.some((source) => source.includes('recharts-bar-rectangle'));
  expectValue(holdsChart(await scripts('/admin/comments', 'article'))).toBe(false);
  expectValue(holdsChart(await scripts('/admin/log', '.recharts-bar-rectangle path'))).toBe(true);
});

import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { untilTakenOver } from '../support/react';
import { articleWith, findOpenPost } from '../support/stories';

const blog = useBlog();

/** A published comment of a reader, on the newest open post. */
async function findReported() {
  const post = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ id: string; name: string; text: string }>(
    `SELECT c."publicId" AS id, c.name, c.source AS text FROM "Comment" c JOIN "Post" p ON p.id = c."postId" LEFT JOIN "User" u ON u.id = c."userId"
     WHERE p.slug = $1 AND c.status = 'approved' AND c.kind = 'comment' AND coalesce(u.role = 'reader', true) ORDER BY c."createdAt" LIMIT 1`, [post.slug]);
  const comment = rows[0]!;
  return { post, comment, path: `/comments/${comment.id}/report`, anchor: `#comment-${comment.id}` };
}

const send = async (page: Page, reason: RegExp) => {
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('button', { name: 'Send report' }).click();
};

test('a guest without script and account reports private details: gone at the next request, on top of the queue, and the outcome is told', async () => {
  const { post, comment, path, anchor } = await findReported();
  await blog.change(`INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt")
    SELECT x.id, '000000000001', "Post".id, x.id, 1, 'Newer', 'A newer one.', '<p>A newer one.</p>', 'pending', 'x', now() FROM "Post", (SELECT gen_random_uuid() AS id) x WHERE slug = $1`, [post.slug]);
  const page = await blog.newPage({ javaScript: false, width: 390 });
  expectValue((await (await blog.request(post.path)).text()).includes(`<article class="comment" id="comment-${comment.id}"`)).toBe(true);
  await page.goto(post.path);
  await page.locator(anchor).getByRole('link', { name: `Report the comment by ${comment.name}` }).click();
  expectValue(new URL(page.url()).pathname).toBe(path);
  await expect(page.getByRole('heading', { level: 1, name: `Report the comment by ${comment.name}` })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Anything else we should know? (optional)' }).fill('That is where she lives.');
  await send(page, /private details/);
  expectValue(new URL(page.url()).pathname).toBe(path);
  await expect(page.getByRole('status')).toHaveText('Thank you. A person will look at it.');
  await expect(page.locator('blockquote')).toHaveCount(0);

  expectValue((await (await blog.request(post.path)).text()).includes(`<article class="comment" id="comment-${comment.id}"`)).toBe(false);
  expectValue([(await blog.request(path)).status, (await blog.request(`/comments/${comment.id}`)).status]).toEqual([404, 404]);

  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments');
  const first = desk.getByRole('article').first();
  await expect(first).toHaveAttribute('id', `card-${comment.id}`);
  await expect(first).toContainText('That is where she lives.');
  const answered = desk.waitForResponse((response) => response.request().method() === 'POST');
  await untilTakenOver(first.getByRole('button', { name: 'Approve' }));
  await first.getByRole('button', { name: 'Approve' }).click();
  await answered;

  await page.goto(path);
  await expect(page.getByRole('status')).toContainText('the comment stays');
  await expect(page.getByRole('button', { name: 'Send report' })).toHaveCount(0);
  const other = await blog.newPage({ javaScript: false });
  await other.goto(path);
  await expect(other.getByRole('status')).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Send report' })).toBeVisible();
});

test('nothing chosen is said beside the reasons, with its status and what was typed', async () => {
  const { path } = await findReported();
  const page = await blog.newPage({ width: 390, colorScheme: 'dark' });
  await page.goto(path);
  await page.getByRole('textbox').fill('Please look.');
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.getByRole('button', { name: 'Send report' }).click()]);
  expectValue(answer.status()).toBe(422);
  await expect(page.getByRole('group', { name: 'What is wrong with it?' }).getByRole('alert')).toHaveText('Please choose what is wrong with it.');
  await expect(page.getByRole('textbox')).toHaveValue('Please look.');
  await expect(page.getByRole('radio').first()).toBeFocused();
  await blog.expectAccessible(page);
  await send(page, /spam/);
  await expect(page.getByRole('status')).toHaveText('Thank you. A person will look at it.');
  await blog.expectAccessible(page);
});

test('a second report is told so kindly, and an eleventh from one network how long to wait', async () => {
  const { path } = await findReported();
  const page = await blog.request(path);
  expectValue([page.headers.get('cache-control'), page.headers.get('set-cookie')]).toEqual(['private, no-store', null]);
  const html = await page.text();
  const { rows } = await blog.sql.query<{ id: string }>(`SELECT "publicId" AS id FROM "Comment" WHERE status = 'approved' AND kind = 'comment' LIMIT 11`);
  const post = async (id: string, cookie: string) => {
    const { body, headers } = multipart({ ...fieldsOfForm(html, 'Send report'), comment: id, reason: 'other' });
    return blog.request(path, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, cookie, origin: blog.url, 'x-forwarded-for': '198.51.100.77' } });
  };
  const [first, ...others] = rows.map(({ id }) => id);
  const answer = await post(first!, '');
  const cookie = answer.headers.get('set-cookie')!.split(';', 1)[0]!;
  expectValue([answer.status, answer.headers.get('location'), cookie.startsWith('here=')]).toEqual([303, `/comments/${first}/report?sent=1`, true]);
  const again = await post(first!, cookie);
  expectValue([again.status, (await again.text()).includes('You have reported this comment already.')]).toEqual([409, true]);
  expectValue(others.length).toBe(10);
  for (const id of others.slice(0, 9)) expectValue((await post(id, cookie)).status).toBe(303);
  const late = await post(others[9]!, cookie);
  expectValue([late.status, Number(late.headers.get('retry-after')) > 3000]).toEqual([429, true]);
});

test('a browser that keeps no cookie is told that a report has arrived, also of a comment that is gone by it', async () => {
  const { path, comment } = await findReported();
  const html = await (await blog.request(path)).text();
  const { body, headers } = multipart({ ...fieldsOfForm(html, 'Send report'), comment: comment.id, reason: 'private' });
  const sent = await blog.request(path, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, origin: blog.url } });
  const answer = await blog.request(sent.headers.get('location')!);
  const page = await answer.text();
  expectValue([answer.status, page.includes('Thank you. A person will look at it.'), page.includes('come back to this page'), page.includes(comment.text)]).toEqual([200, true, false, false]);
  expectValue((await blog.request(path)).status).toBe(404);
});

test('who is signed in may ask to be told by mail', async () => {
  const { path } = await findReported();
  const page = await blog.newPage();
  const userId = await blog.signIn(page, 'reader');
  await page.goto(path);
  await page.getByRole('checkbox', { name: 'Tell me by mail what becomes of it' }).check();
  await send(page, /unkind/);
  await expect(page.getByRole('status')).toHaveText('Thank you. A person will look at it.');
  expectValue((await blog.sql.query('SELECT "tellOutcome", reason FROM "Report" WHERE "userId" = $1', [userId])).rows).toEqual([{ tellOutcome: true, reason: 'unkind' }]);
});

test('so many readers as the owner’s settings say return a comment to Pending', async () => {
  const { path, post, comment, anchor } = await findReported();
  const owner = await blog.newPage();
  await blog.signIn(owner, 'owner');
  await owner.goto('/admin/settings');
  const reports = owner.getByRole('region', { name: 'Readers’ reports' });
  const number = reports.getByRole('spinbutton', { name: /Return a comment to Pending/ });
  await expect(number).toHaveValue('3');
  await number.fill('101');
  await reports.getByRole('button', { name: 'Save' }).click();
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await number.fill('2');
  await reports.getByRole('button', { name: 'Save' }).click();
  await expect(reports.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await blog.expectAccessible(owner);

  for (const isLast of [false, true]) {
    const reader = await blog.newPage({ javaScript: false });
    await reader.goto(path);
    await send(reader, /unkind/);
    await expect(reader.getByRole('status')).toBeVisible();
    await reader.goto(post.path);
    await expect(reader.locator(`article${anchor}`)).toHaveCount(isLast ? 0 : 1);
  }
  await owner.goto('/admin/comments?queue=pending');
  await expect(articleWith(owner, comment.name).first()).toBeVisible();
});

test('what stays on the page is found by its reports, and left there by one word', async () => {
  const { path, comment } = await findReported();
  const reader = await blog.newPage({ javaScript: false });
  await reader.goto(path);
  await send(reader, /spam/);
  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments?queue=approved&rule=reported');
  const card = desk.locator(`#card-${comment.id}`);
  const button = card.getByRole('button', { name: 'Leave it published' });
  await untilTakenOver(button);
  await button.click();
  await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
  await reader.goto(path);
  await expect(reader.getByRole('status')).toContainText('the comment stays');
});

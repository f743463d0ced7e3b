import type { Locator, Page } from 'playwright-core';
import { describe, expect as expectValue, test } from 'vitest';
import { expect, useBlog, type Role } from '../support/blog';
import { holdComments, type Held } from '../support/held';
import { articleWith, postComment } from '../support/stories';

const blog = useBlog();

const cardOf = (page: Page, { name }: Held): Locator => page.getByRole('article', { name, exact: true });
/** What was done last; other statuses tell of other things. */
const status = (page: Page) => page.locator('main div[role="status"]');
const main = (page: Page) => page.getByRole('main');

/** The desk with focus at its start, as its skip link gives it, once React has taken it over. */
async function openDesk({ role = 'owner', queue = 'pending', width = 1280 }: { role?: Role; queue?: string; width?: number } = {}): Promise<Page> {
  const page = await blog.newPage({ width });
  await blog.signIn(page, role);
  await page.goto(`/admin/comments?queue=${queue}`);
  const start = page.getByRole('heading', { level: 1, name: 'Comments' });
  await expect.poll(() => start.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react')))).toBe(true);
  await start.focus();
  return page;
}

const statusesOf = async (held: Held[]) => {
  const { rows } = await blog.sql.query<{ name: string; status: string }>('SELECT name, status FROM "Comment" WHERE name = ANY($1)', [held.map(({ name }) => name)]);
  return held.map(({ name }) => rows.find((row) => row.name === name)?.status);
};
const statusOf = async (one: Held) => (await statusesOf([one]))[0];
const countIn = async (state: string) => (await blog.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM "Comment" WHERE status = $1::"CommentStatus" AND name LIKE 'Guest %'`, [state])).rows[0]?.n;
const readersSee = async (path: string, text: string) => (await (await blog.request(path)).text()).includes(text);

/** Presses a key once the queue has a card with focus on it. */
async function pressOnCard(page: Page, key: string): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('.queue-list li:not([inert]) > .card'));
  await page.keyboard.press(key);
}

test('40 held comments are cleared by keyboard in under 60 seconds', async () => {
  const { post, held } = await holdComments(blog, 40);
  const { rows: others } = await blog.sql.query<{ name: string }>(`SELECT name FROM "Comment" WHERE status = 'pending' AND name NOT LIKE 'Guest %'`);
  await blog.sql.query(`UPDATE "Comment" SET status = 'trash' WHERE status = 'pending' AND name = ANY($1)`, [others.map(({ name }) => name)]);
  const page = await openDesk();
  const begun = await page.evaluate(() => performance.now());
  await page.keyboard.press('j');
  // Every third to Spam, every third to the Trash; the rest is published.
  for (let index = 0; index < held.length; index += 1) await pressOnCard(page, ['a', 's', 'd'][index % 3] ?? 'a');
  await expect(page.getByText('Nothing is waiting. Every comment has been read.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('link', { name: /^Pending/ })).toHaveText('Pending 0');
  const seconds = ((await page.evaluate(() => performance.now())) - begun) / 1000;
  expectValue(seconds).toBeLessThan(60);
  expectValue(await statusesOf(held)).toEqual(held.map((_, index) => ['approved', 'spam', 'trash'][index % 3]));
  const { rows } = await blog.sql.query(`SELECT count(*)::int AS decisions FROM "ModerationEvent" e JOIN "Comment" c ON c.id = e."commentId" WHERE c.name LIKE 'Guest %' AND e.decision <> 'submit'`);
  expectValue(rows).toEqual([{ decisions: 40 }]);
  expectValue([await readersSee(post.path, held[0]!.text), await readersSee(post.path, held[1]!.text)]).toEqual([true, false]);
});

describe('keys', () => {
  test('move, act and select in the queue, and one long press is one act', async () => {
    const { held } = await holdComments(blog, 4);
    const [first, second, third] = held as [Held, Held, Held];
    const page = await openDesk();
    await page.keyboard.press('j');
    await expect(cardOf(page, first)).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect(cardOf(page, second)).toBeFocused();
    await page.keyboard.press('x');
    await expect(page.getByRole('checkbox', { name: `Select comment by ${second.name}` })).toBeChecked();
    await page.keyboard.down('s');
    await page.keyboard.down('s');
    await page.keyboard.down('s');
    await page.keyboard.up('s');
    await expect(status(page)).toContainText(`Comment by ${second.name} moved to Spam`);
    await expect(cardOf(page, third)).toBeFocused();
    expectValue(await statusesOf(held)).toEqual(['pending', 'spam', 'pending', 'pending']);
  });

  test('do nothing in fields and dialogs, outside of the queue, and with the switch off, which holds on every device', async () => {
    const { held } = await holdComments(blog, 2);
    const [first] = held as [Held];
    const page = await openDesk();
    await page.getByRole('searchbox', { name: 'Search comments' }).focus();
    await page.keyboard.type('aus');
    await expect(page.getByRole('searchbox')).toHaveValue('aus');
    await page.getByRole('checkbox', { name: `Select comment by ${first.name}` }).focus();
    await page.keyboard.type('asd');
    await page.getByRole('link', { name: /^Pending/ }).focus();
    await page.keyboard.type('jasd');
    await page.getByRole('combobox', { name: 'Bulk action' }).focus();
    await page.keyboard.press('x');
    await cardOf(page, first).focus();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: `Reply to ${first.name}` }).press('a');
    await expect(page.getByRole('textbox', { name: `Reply to ${first.name}` })).toHaveValue('a');
    await cardOf(page, first).focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Next comment');
    await page.keyboard.type('asd');
    await blog.expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(cardOf(page, first)).toBeFocused();
    await page.keyboard.press('Control+a');

    const saved = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('switch', { name: 'Keyboard shortcuts' }).uncheck();
    await saved;
    const elsewhere = await openDesk();
    await expect(elsewhere.getByRole('switch', { name: 'Keyboard shortcuts' })).not.toBeChecked();
    for (const desk of [page, elsewhere]) {
      await cardOf(desk, first).focus();
      await desk.keyboard.type('jasd?');
      await expect(desk.getByRole('dialog')).toHaveCount(0);
      await expect(cardOf(desk, first)).toBeFocused();
    }
    expectValue(await statusesOf(held)).toEqual(['pending', 'pending']);
  });

  test('with shift act on the selection, and one undo takes all of it back', async () => {
    const { post, held } = await holdComments(blog, 3);
    const page = await openDesk();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+A');
    await expect(status(page)).toContainText('2 comments approved');
    expectValue(await statusesOf(held)).toEqual(['approved', 'approved', 'pending']);
    expectValue(await readersSee(post.path, held[1]!.text)).toBe(true);
    await cardOf(page, held[2]!).focus();
    await page.keyboard.press('z');
    await expect(status(page)).toContainText('Taken back: 2 comments');
    expectValue(await statusesOf(held)).toEqual(['pending', 'pending', 'pending']);
    expectValue(await readersSee(post.path, held[1]!.text)).toBe(false);
    await expect(cardOf(page, held[0]!)).toBeVisible();
  });

  test('a double click on a button decides on one comment', async () => {
    const { held } = await holdComments(blog, 3);
    const page = await openDesk();
    const box = (await cardOf(page, held[0]!).getByRole('button', { name: 'Spam', exact: true }).boundingBox())!;
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2, { delay: 20 });
    await expect(status(page)).toContainText(`Comment by ${held[0]!.name} moved to Spam`);
    expectValue(await statusesOf(held)).toEqual(['spam', 'pending', 'pending']);
  });

  test('p opens the whole person', async () => {
    await holdComments(blog, 1);
    const { rows } = await blog.sql.query<{ id: string }>(`UPDATE "Comment" SET "userId" = (SELECT id FROM "User" WHERE role = 'owner' LIMIT 1), email = NULL WHERE name = 'Guest 1' RETURNING "userId" AS id`);
    const page = await openDesk();
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await page.waitForURL(`**/admin/people/${rows[0]!.id}`);
  });
});

describe('the undo of each act, for readers and the desk', () => {
  const ACTS = [
    { name: 'approve', key: 'a', from: 'pending', to: 'approved' },
    { name: 'unapprove', key: 'u', from: 'approved', to: 'pending' },
    { name: 'spam', key: 's', from: 'approved', to: 'spam' },
    { name: 'trash', key: 'd', from: 'approved', to: 'trash' },
    { name: 'restore', key: 'z', from: 'trash', to: 'pending' },
  ];

  test.each(ACTS)('$name', async ({ key, from, to }) => {
    const { post, held } = await holdComments(blog, 1, from);
    const [one] = held as [Held];
    const wasSeen = await readersSee(post.path, one.text);
    expectValue(wasSeen).toBe(from === 'approved');
    const page = await openDesk({ queue: from });
    await cardOf(page, one).focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
    expectValue(await statusOf(one)).toBe(to);
    expectValue(await readersSee(post.path, one.text)).toBe(to === 'approved');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(status(page)).toContainText('Taken back');
    await expect(cardOf(page, one)).toBeVisible();
    expectValue(await statusOf(one)).toBe(from);
    expectValue(await readersSee(post.path, one.text)).toBe(wasSeen);
  });

  test('edit: readers see the new text, and that it was edited, at the next request', async () => {
    const { post, held } = await holdComments(blog, 1, 'approved');
    const [one] = held as [Held];
    await blog.request(post.path);
    const page = await openDesk({ queue: 'approved' });
    await cardOf(page, one).focus();
    await page.keyboard.press('e');
    const text = page.getByRole('textbox', { name: `Text of the comment by ${one.name}` });
    await expect(text).toHaveValue(one.text);
    await text.fill('Kinder words.');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(status(page)).toContainText(`Comment by ${one.name} edited`);
    const reader = await blog.newPage({ javaScript: false });
    await reader.goto(post.path);
    await expect(articleWith(reader, 'Kinder words.')).toContainText('edited');
    expectValue(await readersSee(post.path, one.text)).toBe(false);

    await cardOf(page, one).focus();
    await page.keyboard.press('z');
    await expect(status(page)).toContainText('Taken back');
    await reader.reload();
    await expect(articleWith(reader, one.text)).not.toContainText('edited');
    await expect(cardOf(page, one)).toContainText(one.text);
  });

  test('reply, which also approves', async () => {
    const { post, held } = await holdComments(blog, 1);
    const [one] = held as [Held];
    const page = await openDesk();
    await cardOf(page, one).focus();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: `Reply to ${one.name}` }).fill('Thank you for asking.');
    await page.getByRole('button', { name: 'Approve and reply' }).click();
    await expect(status(page)).toContainText('Your reply is published, and the comment approved.');
    expectValue([await readersSee(post.path, one.text), await readersSee(post.path, 'Thank you for asking.')]).toEqual([true, true]);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(status(page)).toContainText('Taken back');
    expectValue([await readersSee(post.path, one.text), await readersSee(post.path, 'Thank you for asking.')]).toEqual([false, false]);
    await expect(cardOf(page, one)).toBeVisible();
    expectValue(await statusOf(one)).toBe('pending');
  });

  test('the one act without one asks first', async () => {
    const { held } = await holdComments(blog, 2, 'trash');
    const [one, other] = held as [Held, Held];
    const page = await openDesk({ queue: 'trash' });
    await cardOf(page, one).focus();
    await page.keyboard.press('d');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
    await expect(cardOf(page, one)).toBeFocused();
    await page.keyboard.press('d');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete it' }).click();
    await expect(status(page)).toContainText(`Comment by ${one.name} deleted permanently`);
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
    await expect(cardOf(page, other)).toBeFocused();
    expectValue(await statusesOf([other])).toEqual(['trash']);
  });
});

/** What React holds the state of is pressed once React has taken it over: a check before that is kept by the browser, and never heard of. */
async function selectAll(page: Page): Promise<void> {
  const box = page.getByRole('checkbox', { name: 'Select all' });
  await expect.poll(() => box.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react')))).toBe(true);
  await box.check();
}

test('all that match a filter are moved with the number confirmed, by a job that goes on without the page, and taken back as one', { timeout: 240_000 }, async () => {
  const { post, held } = await holdComments(blog, 130);
  const page = await openDesk();
  await page.goto('/admin/comments?queue=pending&q=words+of+guest');
  await selectAll(page);
  await page.getByRole('button', { name: 'Select all 130 that match this filter' }).click();
  await page.getByRole('combobox', { name: 'Bulk action' }).selectOption('Trash');
  await page.getByRole('button', { name: 'Apply' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Move all 130 comments that match to Trash?' });
  await blog.expectAccessible(page);
  await dialog.getByRole('button', { name: 'Move to Trash' }).click();
  await expect(page.getByRole('progressbar', { name: 'Moving comments to Trash' })).toBeVisible();
  // Left before it is done.
  await page.goto('/admin/comments?queue=trash');
  await expect.poll(() => countIn('trash'), { timeout: 60_000 }).toBe(130);
  const { rows } = await blog.sql.query(`SELECT total, done, "left" FROM "BulkAct"`);
  await expect.poll(async () => (await blog.sql.query(`SELECT done FROM "BulkAct" WHERE "finishedAt" IS NOT NULL`)).rows).toEqual([{ done: 130 }]);
  expectValue(rows).toMatchObject([{ total: 130, left: 0 }]);

  await page.goto('/admin/comments?queue=trash');
  await selectAll(page);
  await page.getByRole('button', { name: /^Select all \d+ that match this filter$/ }).click();
  await page.getByRole('combobox', { name: 'Bulk action' }).selectOption('Restore');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore all' }).click();
  await expect(status(page)).toContainText(/13\d comments restored/, { timeout: 60_000 });
  await expect.poll(() => countIn('pending')).toBe(130);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(status(page)).toContainText(/Taken back: 13\d comments/, { timeout: 60_000 });
  await expect.poll(() => countIn('trash')).toBe(130);
  expectValue(await readersSee(post.path, held[0]!.text)).toBe(false);
});

test('an act on a comment that somebody else has decided on comes back with their name', async () => {
  const { held } = await holdComments(blog, 2);
  const [one] = held as [Held];
  const page = await openDesk();
  const { rows } = await blog.sql.query<{ publicId: string }>(`UPDATE "Comment" SET status = 'spam' WHERE name = $1 RETURNING "publicId"`, [one.name]);
  expectValue(rows).toHaveLength(1);
  await cardOf(page, one).focus();
  await page.keyboard.press('a');
  await expect(main(page).getByRole('alert')).toContainText('meanwhile');
  expectValue(await statusOf(one)).toBe('spam');
});

describe('on a phone', () => {
  test('the acts of the card in view are at the lower edge of the screen, 44 px high, and hide nothing of it', async () => {
    const { held } = await holdComments(blog, 2);
    const [one] = held as [Held];
    await blog.sql.query(`UPDATE "Comment" SET html = html || repeat('<p>And one more thing that is on my mind at night.</p>', 12) WHERE name = $1`, [one.name]);
    const page = await openDesk({ width: 390 });
    const card = cardOf(page, one);
    await card.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    const approve = card.getByRole('button', { name: 'Approve', exact: true });
    await expect(approve).toBeInViewport({ ratio: 1 });
    for (const button of await card.locator('.card-acts button:visible').all()) expectValue((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await blog.expectAccessible(page);
    await approve.click();
    await expect(status(page)).toContainText('approved');
  });

  test.each([{ width: 320, height: 640 }, { width: 320, height: 256 }])('nothing is wider than the screen, and no bar takes it, at $width × $height', async ({ width, height }) => {
    const { held } = await holdComments(blog, 2);
    const page = await openDesk({ width });
    await page.setViewportSize({ width, height });
    expectValue(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    const acts = (await cardOf(page, held[0]!).locator('.card-acts').boundingBox())!;
    const isStuck = await cardOf(page, held[0]!).locator('.card-acts').evaluate((element) => getComputedStyle(element).position === 'sticky');
    expectValue(isStuck ? acts.height / height : 0).toBeLessThan(0.3);
    await blog.expectAccessible(page);
  });
});

test('the words of a waiting comment are changed before they are published, and its writer’s reader sees only those', async () => {
  const { post } = await holdComments(blog, 0);
  const writer = await blog.newPage({ javaScript: false });
  await writer.goto(post.path);
  await postComment(writer, { comment: 'My number is 0170 1234567.' });
  await writer.getByRole('button', { name: 'Post it as it is' }).click();
  const page = await openDesk();
  await articleWith(page, 'My number').focus();
  await page.keyboard.press('q');
  await page.getByRole('textbox', { name: /^Text of the comment by/ }).fill('My number is with the moderator.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(articleWith(page, 'with the moderator')).toBeVisible();
  await articleWith(page, 'with the moderator').focus();
  await page.keyboard.press('a');
  await expect(status(page)).toContainText('approved');
  expectValue([await readersSee(post.path, 'with the moderator'), await readersSee(post.path, '0170 1234567')]).toEqual([true, false]);
});

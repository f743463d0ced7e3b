import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, expect as expectValue, inject, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { findOpenPost, postComment } from '../support/stories';
import { WebhookReceiver } from '../support/webhook-receiver';

const blog = useBlog();
const receiver = await WebhookReceiver.start();
afterEach(() => receiver.forget());
afterAll(() => receiver.stop());

const ADDRESS = 'https://hooks.example/soapbox';

async function owner(options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible();
  return page;
}

/** Adds a webhook by the form; gives its secret. */
async function add(page: Page, url = ADDRESS): Promise<string> {
  await page.getByRole('textbox', { name: 'Address (required)' }).fill(url);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  const secret = page.getByRole('textbox', { name: `Secret of ${url}` });
  await expect(secret).toBeVisible();
  return secret.inputValue();
}

const cards = (page: Page) => page.getByRole('list', { name: 'Webhooks' }).getByRole('listitem');
const messages = (page: Page) => page.getByRole('list', { name: 'Messages' }).getByRole('listitem');
async function untilTried(): Promise<void> {
  await expect.poll(async () => (await blog.sql.query<{ tries: number }>('SELECT tries FROM "WebhookDelivery" ORDER BY id DESC LIMIT 1')).rows[0]?.tries, { timeout: 30_000 }).toBe(1);
  // The blog's own next one would come five seconds later: the test sends in its place.
  await blog.sql.query(`UPDATE pgboss.job SET start_after = now() + interval '1 hour' WHERE name = 'webhook' AND state = 'created'`);
}

/** Sends what was caused last, by a process that may tell the receiver of this test. */
async function deliverHere(): Promise<void> {
  const kept: Record<string, string> = inject('blogEnvironment');
  await blog.sql.query('UPDATE "Webhook" SET url = $1', [receiver.url]);
  const { rows: [job] } = await blog.sql.query<object>('SELECT id, turn FROM "WebhookDelivery" ORDER BY id DESC LIMIT 1');
  const secret = readFileSync(path.join(kept.DATA_DIR!, 'auth-secret'), 'utf8').trim();
  const environment: Record<string, string> = { ...kept, DATABASE_URL: inject('blogDatabase'), AUTH_SECRET: secret };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'tests/support/deliver-webhook.ts', JSON.stringify(job), receiver.origin], { env: environment as NodeJS.ProcessEnv });
  expectValue(JSON.parse(stdout)).toMatchObject({ ok: true });
}

test.each([[1280, 'light'], [390, 'dark']] as const)('at %i px in %s an owner adds a webhook, a comment is written, and its receiver knows by the secret that it comes from here', async (width, colorScheme) => {
  const page = await owner({ width, colorScheme });
  await expect(page.getByText('Nobody is told of anything yet.')).toBeVisible();
  const secret = await add(page);
  expectValue(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page).first()).toContainText('A comment is written · A comment is decided on · A post is published');
  await blog.expectAccessible(page);

  const reader = await blog.newPage();
  await reader.goto((await findOpenPost(blog)).path);
  await postComment(reader, { comment: 'Told elsewhere.', name: 'Grete Waits', email: 'grete@secret.example' });
  await expect(reader.getByText('awaiting moderation')).toBeVisible();
  await untilTried();
  await page.getByRole('link', { name: 'Look again' }).click();
  await expect(page.getByRole('textbox', { name: /Secret of/ })).toHaveCount(0);
  await expect(messages(page)).toHaveCount(1);
  await expect(messages(page).first()).toContainText('A comment is written');
  await expect(messages(page).first()).toContainText('Nobody answered at this address. One try. It is tried again on');
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);

  await deliverHere();
  const [came, ...more] = receiver.received;
  expectValue(more).toEqual([]);
  expectValue(new Webhook(secret).verify(came?.body ?? '', came?.headers ?? {})).toMatchObject({ type: 'comment.created', data: { comment: { author: 'Grete Waits', text: 'Told elsewhere.', status: 'pending' } } });
  expectValue(came?.body).not.toContain('secret.example');
  await page.reload();
  await expect(messages(page).first()).toContainText(/Delivered.*Answered 204\. 2 tries\./s);
});

test('an owner tries, sends again, switches off and on, renews the secret and deletes, each by one press', async () => {
  const page = await owner();
  const secret = await add(page);
  await page.getByRole('button', { name: `Send a test to ${ADDRESS}` }).click();
  await expect(page.getByRole('status').filter({ hasText: `A test is on its way to ${ADDRESS}.` })).toBeVisible();
  await untilTried();
  await page.getByRole('link', { name: 'Look again' }).click();
  await expect(messages(page).first()).toContainText('It is not tried again by itself.');
  await expect(page.getByText('One message of the last 30 days could not be delivered.')).toBeVisible();
  await page.getByRole('button', { name: /^Send again: Test/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The message is on its way' })).toBeVisible();
  await page.getByRole('button', { name: `Switch off ${ADDRESS}` }).click();
  await expect(cards(page).first().getByText('Off', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: `Switch on ${ADDRESS}` }).click();
  await expect(cards(page).first().getByText('On', { exact: true })).toBeVisible();
  await cards(page).first().getByText('New secret', { exact: true }).click();
  await page.getByRole('button', { name: `Make a new secret for ${ADDRESS}` }).click();
  const renewed = page.getByRole('textbox', { name: `Secret of ${ADDRESS}` });
  await expect(renewed).toHaveValue(/^whsec_/);
  await expect(renewed).not.toHaveValue(secret);
  await cards(page).first().getByText('Delete', { exact: true }).click();
  await page.getByRole('button', { name: `Delete the webhook ${ADDRESS}` }).click();
  await expect(page.getByText('Nobody is told of anything yet.')).toBeVisible();
  await expect(page.getByText('No message yet.')).toBeVisible();
});

test.each(['http://hooks.example/', 'https://127.0.0.1/', 'https://169.254.169.254/', 'https://localhost/', 'https://hooks.example:8443/'])('“%s” is refused with a sentence at the field, and what was typed stays', async (url) => {
  const page = await owner();
  await page.getByRole('textbox', { name: 'Address (required)' }).fill(url);
  await page.getByRole('checkbox', { name: 'A post is published' }).uncheck();
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await expect(page.getByRole('textbox', { name: 'Address (required)' })).toHaveAccessibleDescription(/address/i);
  await expect(page.getByRole('textbox', { name: 'Address (required)' })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('textbox', { name: 'Address (required)' })).toHaveValue(url);
  await expect(page.getByRole('checkbox', { name: 'A post is published' })).not.toBeChecked();
  await blog.expectAccessible(page);
  await expect(cards(page)).toHaveCount(0);
});

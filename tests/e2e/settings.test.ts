import { expect as expectValue, inject, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { useProviders } from '../support/provider-control';

const blog = useBlog();
const providers = useProviders();

test('the owner sees each way to sign in, its exact callback address and how it did, and no secret', async () => {
  await blog.sql.query(`INSERT INTO "ProviderState" (way, "lastWorkedAt", "lastFailedAt", "lastFailure") VALUES ('google', '2026-11-25T19:00:00Z', NULL, ''), ('twitter', NULL, '2026-11-25T19:00:00Z', 'The credit is used up.')`);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  for (const [name, way] of [['Google', 'google'], ['Twitter (X)', 'twitter'], ['Facebook', 'facebook']] as const) {
    const card = page.getByRole('article', { name });
    await expect(card).toContainText('Offered');
    await expect(card.getByText(`${blog.url}/api/auth/callback/${way}`, { exact: true }).first()).toBeVisible();
    await expect(card).toContainText(providers[way].address);
  }
  await expect(page.getByRole('article', { name: 'Google' })).toContainText('It worked on 25 November 2026 at 19:00.');
  await expect(page.getByRole('article', { name: 'Twitter (X)' })).toContainText('It failed on 25 November 2026 at 19:00: The credit is used up.');
  await expect(page.getByText(`${blog.url}/account/delete`, { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('article', { name: 'E-mail link' }).getByRole('link', { name: 'Outbox' })).toBeVisible();
  await blog.expectAccessible(page);
  await page.getByRole('article', { name: 'Google' }).getByText('How to get the keys').click();
  await expect(page.getByRole('link', { name: 'Google Auth Platform' })).toBeVisible();
  await blog.expectAccessible(page);
  const secrets = Object.entries(inject('blogEnvironment')).filter(([name]) => /SECRET|PASSWORD|SMTP/.test(name));
  expectValue(secrets).toHaveLength(3);
  const html = await page.content();
  expectValue(secrets.filter(([, secret]) => html.includes(secret))).toEqual([]);
});

test.each(['moderator', 'author', 'reader'] as const)('a %s is not told of the settings', async (role) => {
  const page = await blog.newPage();
  await blog.signIn(page, role);
  expectValue((await page.goto('/admin/settings'))?.status()).toBe(404);
});

test('who is not signed in is sent to do so', async () => {
  const answer = await blog.request('/admin/settings');
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
});

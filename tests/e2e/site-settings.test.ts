import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { expect, useBlog } from '../support/blog';

const blog = useBlog();
const POST = '/posts/secure-attachment-on-a-tuesday';

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function save(page: Page, name: string): Promise<void> {
  await section(page, name).getByRole('button', { name: 'Save' }).click();
  await expect(section(page, name).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

const pageOf = async (path: string): Promise<string> => (await blog.request(path)).text();

test('what an owner sets is what the next reader sees: name, palette, menu, links elsewhere, code of conduct', async () => {
  // Kept before anything is changed.
  for (const path of ['/', POST]) expectValue(await pageOf(path)).toContain('data-palette="clay"');
  expectValue(await pageOf(POST)).not.toContain('code of conduct');
  const page = await blog.newPage({ allow: [/422/] });
  await blog.signIn(page, 'owner');
  await page.goto('/admin/settings');

  await section(page, 'Name').getByLabel('Title (required)').fill('');
  await section(page, 'Name').getByRole('button', { name: 'Save' }).click();
  await expect(section(page, 'Name').getByRole('textbox', { name: 'Title (required)' })).toBeFocused();
  await expect(section(page, 'Name').getByText('Please give your blog a name.')).toBeVisible();
  await section(page, 'Name').getByLabel('Title (required)').fill('Lamp & Letter');
  await save(page, 'Name');
  expectValue(await pageOf('/')).toContain('Lamp &amp; Letter');

  await section(page, 'Look').getByRole('radio', { name: /Harbour/ }).check();
  await save(page, 'Look');
  for (const path of ['/', POST, `${POST}/reply`]) expectValue(await pageOf(path)).toContain('data-palette="harbour"');
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'harbour');

  const menu = section(page, 'Menu');
  await menu.getByRole('radio', { name: 'Links that you choose' }).check();
  await menu.getByRole('button', { name: 'Add a link' }).press('Enter');
  await menu.getByRole('button', { name: 'Add a link' }).press('Enter');
  const second = menu.getByRole('group', { name: 'Link 2' });
  await second.getByLabel('Leads to').selectOption({ label: 'Another address' });
  await second.getByLabel('Address').fill('/archive');
  await second.getByLabel('Name', { exact: true }).fill('Everything');
  await second.getByRole('button', { name: 'Move link 2 up' }).press('Enter');
  await blog.expectAccessible(page);
  await save(page, 'Menu');
  const reader = await blog.newPage();
  await reader.goto('/');
  expectValue(await reader.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(['Everything', 'About']);

  await section(page, 'Elsewhere').getByLabel('Addresses, one a line').fill('https://www.instagram.com/ines');
  await save(page, 'Elsewhere');
  await section(page, 'About the author').getByLabel('A few words about you').fill('I am *Marlene*.');
  await save(page, 'About the author');
  await section(page, 'Code of conduct').getByRole('textbox').fill('Be kind.\n\n- Stay with the text.');
  await save(page, 'Code of conduct');
  for (const path of [POST, `${POST}/reply`]) {
    await reader.goto(path);
    await reader.getByText('By posting you agree to the code of conduct').click();
    await expect(reader.getByRole('listitem').filter({ hasText: 'Stay with the text.' })).toBeVisible();
    await expect(reader.getByRole('contentinfo').getByRole('link', { name: 'Instagram' })).toHaveAttribute('rel', 'me noopener');
    await blog.expectAccessible(reader);
  }
  await reader.goto('/');
  await expect(reader.getByRole('complementary', { name: 'Who writes here' })).toContainText('I am Marlene.');

  await section(page, 'Code of conduct').getByRole('textbox').fill('');
  await save(page, 'Code of conduct');
  expectValue(await pageOf(POST)).not.toContain('code of conduct');
});

test('of two owners the later is told, and overwrites nothing unseen', async () => {
  const [one, other] = [await blog.newPage(), await blog.newPage({ allow: [/409/] })];
  for (const page of [one, other]) {
    await blog.signIn(page, 'owner');
    await page.goto('/admin/settings');
  }
  await section(one, 'Name').getByLabel('Tagline (optional)').fill('First');
  await save(one, 'Name');
  await section(other, 'Name').getByLabel('Tagline (optional)').fill('Second');
  await section(other, 'Name').getByRole('button', { name: 'Save' }).click();
  await expect(section(other, 'Name').getByRole('alert')).toContainText('Somebody else has changed this meanwhile.');
  expectValue(await pageOf('/')).toContain('First');
  await expect(section(other, 'Name').getByLabel('Tagline (optional)')).toHaveValue('Second');
  await save(other, 'Name');
  expectValue(await pageOf('/')).toContain('Second');
});

test('the first steps are ticked by what is so, and hidden when the owner says so', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin');
  const steps = page.getByRole('region', { name: 'First steps' });
  await expect(steps.getByRole('heading', { name: 'Remove the sample posts (to do)' })).toBeVisible();
  await blog.expectAccessible(page);
  await steps.getByRole('button', { name: 'Remove the sample posts' }).click();
  await expect(steps.getByRole('heading', { name: 'Remove the sample posts (done)' })).toBeVisible();
  expectValue((await blog.request(POST)).status).toBe(404);
  expectValue(await pageOf('/')).toContain('Nothing has been written here yet.');
  await steps.getByRole('button', { name: 'Send a test mail' }).click();
  await expect(steps.getByRole('status').filter({ hasText: 'Written to owner@example.com.' })).toBeVisible();
  const progress = await steps.getByText(/\d of 7 done/).innerText();
  // Somebody's: one that is nobody's is thrown away by the next minute's job.
  await blog.sql.query(`INSERT INTO "Transfer" (id, "actorId", "fileName", bytes, state) SELECT gen_random_uuid(), id, 'blog.xml', 1, 'checked' FROM "User" WHERE email = 'owner@example.com'`);
  await page.reload();
  await expect(steps.getByText(/\d of 7 done/)).not.toHaveText(progress);
  await steps.getByRole('button', { name: 'Hide these steps' }).click();
  await expect(steps).toHaveCount(0);
  await page.goto('/admin/settings');
  await page.getByRole('button', { name: 'Show them again' }).click();
  await expect(page.getByRole('button', { name: 'Show them again' })).toHaveCount(0);
  await page.goto('/admin');
  await expect(steps).toBeVisible();
});

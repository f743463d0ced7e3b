import { launchBrowser } from '/root/w12/tests/support/browser';
import { writeFileSync, mkdirSync } from 'node:fs';
import sharp from 'sharp';
const url = 'http://localhost:3100';
const link = process.argv[2]!;
mkdirSync('/tmp/shots', { recursive: true });
const browser = await launchBrowser();
async function shoot(name: string, paths: string[], signIn = false) {
  for (const [width, scheme] of [[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, baseURL: url, storageState: signIn ? state : undefined });
    const page = await context.newPage();
    const shots: Buffer[] = [];
    for (const path of paths) { await page.goto(path); await page.waitForTimeout(500); shots.push(await page.screenshot({ fullPage: true })); }
    const metas = await Promise.all(shots.map((s) => sharp(s).metadata()));
    const height = Math.min(2600, Math.max(...metas.map((m) => m.height!)));
    const parts = await Promise.all(shots.map(async (s, i) => ({ input: await sharp(s).extract({ left: 0, top: 0, width: metas[i]!.width!, height: Math.min(height, metas[i]!.height!) }).toBuffer(), left: i * (width + 12), top: 0 })));
    await sharp({ create: { width: paths.length * (width + 12), height, channels: 3, background: '#888' } }).composite(parts).png().toFile(`/tmp/shots/${name}-${width}-${scheme}.png`);
    await context.close();
  }
}
let state: any;
const context = await browser.newContext({ baseURL: url });
const page = await context.newPage();
await page.goto(link);
await page.getByRole('main').getByRole('button').click();
await page.waitForURL(`${url}/admin`);
state = await context.storageState();
// a request
await page.goto('/privacy/removal');
await page.getByLabel('Where it is (required)').fill(`${url}/about`);
await page.getByLabel('What it is, and why it should go (required)').fill('My daughter is named here with her school. We did not agree to that, and she is asked about it in class. Please take her name out of the second paragraph.\n\nThank you.');
await page.getByLabel('Name (optional)').fill('Anna Bergström');
await page.getByLabel('Email (optional)').fill('anna@example.org');
await page.getByRole('button', { name: 'Send' }).click();
await page.waitForURL(/removal\/\w/);
const removal = new URL(page.url()).pathname;
await page.goto('/privacy/removal');
await page.getByRole('button', { name: 'Send' }).click();
writeFileSync('/tmp/shots/refused.png', await page.screenshot({ fullPage: true }));
await page.goto('/privacy/data');
await page.getByLabel('Email (required)').fill('anna@example.org');
await page.getByRole('button', { name: 'Send me the link' }).click();
await page.waitForURL(/sent=1/);
writeFileSync('/tmp/shots/removal-path', removal);
await page.goto('/admin/outbox');
const text = await page.locator('main').innerText();
const data = /\/privacy\/data\/[\w-]+/.exec(await page.content())?.[0] ?? '';
console.log({ removal, data });
await shoot('public', ['/privacy/data', '/privacy/removal', removal, ...(data ? [data] : [])]);
await shoot('privacy', ['/privacy']);
await shoot('desk', ['/admin/removals', '/admin/settings#settings-retention'], true);
const follow = await context.newPage();
await follow.goto('/');
await follow.locator('footer').getByRole('textbox', { name: /Email/ }).fill('reader@example.org');
await follow.locator('footer').getByRole('button', { name: /mail/i }).click().catch(async () => follow.locator('footer form button').click());
await follow.waitForTimeout(1500);
await page.goto('/admin/outbox');
const html = await page.content();
const subs = [...new Set([...html.matchAll(/\/subscriptions\/[\w-]{54}(\/confirm)?/g)].map((m) => m[0]))];
console.log(subs);
const token = subs[0]?.replace('/confirm', '');
if (token) { await page.goto(`${token}/confirm`); await shoot('subs', [`${token}/confirm`]); await page.goto(`${token}/confirm`); await page.getByRole('button', { name: 'Confirm' }).click(); await page.waitForTimeout(800); await shoot('centre', [token, `${token}/unsubscribe`]); }
await browser.close();

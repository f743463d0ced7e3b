import { launchBrowser } from './tests/support/browser';
import sharp from 'sharp';
const url = 'http://localhost:4101';
const browser = await launchBrowser();
const shots: Buffer[] = [];
const post = (await (await fetch(url + '/')).text()).match(/href="(\/posts\/[^"#]+)"/)![1]!;
for (const [path, width, scheme] of [['/', 390, 'light'], [post, 390, 'dark'], ['/search?q=kettel', 390, 'light'], ['/search?q=night&in=comments', 390, 'light'], [`${post}/reply`, 390, 'light']] as const) {
  const ctx = await browser.newContext({ viewport: { width, height: 1500 }, colorScheme: scheme }); const page = await ctx.newPage();
  await page.goto(url + path); shots.push(await page.screenshot()); await ctx.close();
}
await sharp({ create: { width: 400 * shots.length, height: 1500, channels: 3, background: '#888' } }).composite(shots.map((input, i) => ({ input, left: i * 400, top: 0 }))).png().toFile('/tmp/es.png');
await browser.close();

// Makes the README's pictures from the real pages of a running blog: node --import tsx tests/pictures.ts [ADDRESS [SIGN_IN_LINK]]
// With a link that `npm run people -- sign-in-link` has printed, the desks of moderator and author too.
import { mkdirSync } from 'node:fs';
import { launchBrowser } from './support/browser';

const address = process.argv[2] ?? 'http://localhost:3000';
const POST = '/posts/secure-attachment-on-a-tuesday';
const FOLDER = 'docs/pictures';

const browser = await launchBrowser();
mkdirSync(FOLDER, { recursive: true });

const shots = await Promise.all(
  (['light', 'dark'] as const).map(async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width: 600, height: 900 }, colorScheme });
    await page.goto(address + POST);
    if (colorScheme === 'dark') await page.locator('#comments').evaluate((section) => section.scrollIntoView());
    return (await page.screenshot()).toString('base64');
  }),
);

const sheet = await browser.newPage({ viewport: { width: 1220, height: 900 } });
await sheet.setContent(
  `<body style="margin:0;display:flex;gap:20px;background:#fff">${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join('')}</body>`,
);
await sheet.screenshot({ path: `${FOLDER}/post.png` });
console.log(`Written: ${FOLDER}/post.png`);

const link = process.argv[3];
if (link) {
  const desk = await browser.newPage({ viewport: { width: 1220, height: 760 } });
  await desk.goto(link);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.waitForURL('**/admin');
  await desk.goto(`${address}/admin/comments`);
  await desk.locator('article').first().waitFor();
  await desk.screenshot({ path: `${FOLDER}/desk.png` });
  console.log(`Written: ${FOLDER}/desk.png`);

  await desk.goto(`${address}/admin/posts`);
  await desk.getByRole('link', { name: 'What secure attachment looks like on a Tuesday', exact: true }).click();
  await desk.getByRole('textbox', { name: 'Post body' }).waitFor();
  await desk.screenshot({ path: `${FOLDER}/editor.png` });
  console.log(`Written: ${FOLDER}/editor.png`);
}
await browser.close();

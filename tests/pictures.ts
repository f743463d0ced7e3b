// Makes the README's pictures from the real pages of a running blog: node --import tsx tests/pictures.ts [ADDRESS]
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
await browser.close();
console.log(`Written: ${FOLDER}/post.png`);

import { launchBrowser } from './tests/support/browser';
const b = await launchBrowser(); const c = await b.newContext({ baseURL: 'http://localhost:3100' }); const p = await c.newPage();
await p.goto(process.argv[2]!); await p.getByRole('main').getByRole('button').click(); await p.waitForURL('http://localhost:3100/admin'); await p.waitForTimeout(1000);
console.log(await p.locator('h1').innerText(), JSON.stringify(await c.cookies()));
const r = await p.goto('/admin/outbox'); console.log(r?.status(), p.url()); await b.close();

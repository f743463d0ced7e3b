// Audits each kind of page with Lighthouse, on a blog of its own, and writes docs/audits.md (about twelve minutes):
// node --import tsx --import ./server/preload.ts tests/audits.ts [--only WORD]
// With `--only`, just the pages whose kind or path has that word, and nothing is written. The exit code is 1 when a page misses what it must have.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { sessionHash } from '../lib/identity/tokens';
import { inProject } from '../server/project';
import { stopOnSignal } from '../server/shut-down';
import { World } from './bench/world';
import { auditsPage, missedBy, type Row } from './support/audit-report';
import { type Asked, CATEGORIES, DEVICES, openAuditor } from './support/lighthouse';
import { type KindOfPage, listDeskKinds, listKinds, makeEveryKind } from './support/page-kinds';
import { tellAll } from './support/snapshot';

const PAGE = inProject('docs/audits.md');
const INTERRUPTED = 130;

const { values: { only } } = parseArgs({ options: { only: { type: 'string' } } });

const world = await World.open();
const auditor = await openAuditor();
stopOnSignal(async () => {
  await auditor.end();
  await world.end();
}, INTERRUPTED);

/** The owner's cookies, of a session made in the database. */
async function signIn(): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql.query(`INSERT INTO "Session" (id, "sessionToken", "userId", expires) SELECT $1, $2, id, now() + interval '1 day' FROM "User" WHERE role = 'owner' LIMIT 1`, [v7(), sessionHash(token)]);
  return `authjs.session-token=${token}; here=1`;
}

async function auditAll(kinds: readonly KindOfPage[], asked: Omit<Asked, 'device'>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds.filter((one) => only === undefined || `${one.kind} ${one.path}`.toLowerCase().includes(only.toLowerCase()))) {
    for (const device of DEVICES) {
      const row = { ...kind, device, categories: asked.categories, audited: await auditor.audit(url + kind.path, { ...asked, device }) };
      console.log([kind.kind, device, ...Object.values(row.audited.scores), ...missedBy(row)].join('  '));
      rows.push(row);
    }
  }
  return rows;
}

await world.database('audits', async () => undefined);
const { url } = await world.serve('audits'); // the first start on an empty database writes the sample blog
const sql = world.sql('audits');
const blog = { sql, change: async (words: string, values: unknown[] = []) => { await sql.query(words, values); await tellAll(sql); } };
await makeEveryKind(blog);
const readers = await auditAll(await listKinds(blog), { categories: CATEGORIES });
const desk = await auditAll(await listDeskKinds(blog), { categories: ['accessibility', 'best-practices'], cookie: await signIn() });
if (only === undefined) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: inProject(), encoding: 'utf8' }).trim();
  writeFileSync(PAGE, auditsPage(readers, desk, { date: new Date().toISOString().slice(0, 10), lighthouse: auditor.version, node: process.version.slice(1), commit }));
  console.log(`Written: ${PAGE}`);
}
await auditor.end();
await world.end();
process.exit([...readers, ...desk].some((row) => missedBy(row).length > 0) ? 1 : 0);

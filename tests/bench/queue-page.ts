import type pg from 'pg';
import { newId } from '../../lib/ids';
import { newToken, sessionHash } from '../../lib/identity/tokens';
import { ask } from './ask';
import { fillBench } from './content';
import { type Measure, type Pace, type Raw, type Row, times } from './measure';
import { fillToMillion } from './million';
import { scansOf } from './query-plans';
import { median } from './statistics';
import type { Server, World } from './world';

const SESSION_COOKIE = 'authjs.session-token';
const WARM_UPS = 20;
const ASKED = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

// The same comments in both, by chance of their ids: three in a hundred wait, one is spam. The newest of both are those that both have.
const FILL = `
  UPDATE "Comment" SET "status" = 'pending', "rule" = 'first-comment', "risk" = 30 WHERE left(md5("publicId"), 2) < '08';
  UPDATE "Comment" SET "status" = 'spam', "rule" = 'links', "risk" = 60 WHERE left(md5("publicId"), 2) BETWEEN '08' AND '0a';
  INSERT INTO "ModerationEvent" ("id", "commentId", "decision", "toStatus", "reasons")
    SELECT gen_random_uuid(), "id", 'submit', 'pending', '[{"rule": "first-comment"}]' FROM "Comment" WHERE "status" = 'pending'`;

async function fillQueues(sql: pg.Pool): Promise<void> {
  await sql.query(FILL);
}

/** Signs the owner in, in the database; gives the cookie that says so. */
async function ownersCookie(sql: pg.Pool): Promise<string> {
  const token = newToken();
  await sql.query(`INSERT INTO "Session" (id, "sessionToken", "userId", expires) SELECT $1, $2, id, $3 FROM "User" WHERE role = 'owner'`, [newId(), sessionHash(token), new Date(Date.now() + DAY_MS)]);
  return `${SESSION_COOKIE}=${token}`;
}

/** The pages that are asked for: the same cards, if any, on both. `rare` stands in some of the comments that both have. */
async function queuePages(sql: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await sql.query<{ owner: string; last: string; rare: string }>(`
    SELECT (SELECT id FROM "User" WHERE role = 'owner') AS owner,
      (SELECT "publicId" FROM "Comment" WHERE status = 'approved' ORDER BY "createdAt" DESC, id DESC OFFSET 40 LIMIT 1) AS last,
      (SELECT word FROM ts_stat($$SELECT to_tsvector('simple', source) FROM "Comment" WHERE status = 'approved' ORDER BY "createdAt" DESC LIMIT 800$$) WHERE length(word) > 4 AND ndoc BETWEEN 60 AND 90 ORDER BY word LIMIT 1) AS rare`);
  const { owner, last, rare } = rows[0]!;
  const of = (queue: string, more = '') => `/admin/comments?queue=${queue}${more}`;
  return {
    'Pending': of('pending'), 'Pending by risk': of('pending', '&sort=risk'), 'second page of Approved': of('approved', `&after=${last}`),
    'what one person wrote': of('approved', `&person=${owner}`), 'a search': of('approved', `&q=${encodeURIComponent(rare)}`),
    'a search that finds nothing': of('approved', '&q=nothinglikethis'), 'a search for words that never stand together': of('approved', `&q=${encodeURIComponent(`says ${rare}`)}`),
  };
}

type Side = { server: Server; cookie: string };

type Answer = { ms: number; cards: number };

async function askOnce({ server, cookie }: Side, path: string): Promise<Answer> {
  const { status, body, ms } = await ask(server.url + path, { headers: { cookie, 'accept-encoding': 'identity' } });
  const html = body.toString('utf8');
  if (status !== 200 || !html.includes('Search comments')) throw new Error(`${path} was answered ${status}.`);
  return { ms, cards: html.match(/<article class="card /g)?.length ?? 0 };
}

async function compare(what: string, path: string, few: Side, many: Side, pace: Pace): Promise<Row> {
  const [small, large]: [number[], number[]] = [[], []];
  let cards = 0;
  for (let round = 0; round < WARM_UPS + times(ASKED, pace, 10); round++) {
    const one = await askOnce(few, path);
    const other = await askOnce(many, path);
    if (one.cards !== other.cards) throw new Error(`${path} has ${one.cards} cards of a thousand comments, and ${other.cards} of a million.`);
    cards = one.cards;
    if (round >= WARM_UPS) small.push(one.ms);
    if (round >= WARM_UPS) large.push(other.ms);
  }
  const raw: Raw = { 'a thousand, median': `${median(small).toFixed(1)} ms`, 'a million, median': `${median(large).toFixed(1)} ms`, 'requests to each, in turn': small.length, 'asked for': path, cards };
  return { what: `queue page, ${what}, a million comments in the table against a thousand`, bound: { atMost: 1.3, unit: '×' }, value: median(large) / median(small), raw };
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('million', fillToMillion, 'bench');
  await world.database('queue_thousand', fillQueues, 'bench');
  await world.database('queue_million', fillQueues, 'million');
  const pages = await queuePages(world.sql('queue_thousand'));
  const [few, many] = [
    { server: await world.serve('queue_thousand'), cookie: await ownersCookie(world.sql('queue_thousand')) },
    { server: await world.serve('queue_million'), cookie: await ownersCookie(world.sql('queue_million')) },
  ];
  const rows: Row[] = [];
  for (const [what, path] of Object.entries(pages)) rows.push(await compare(what, path, few, many, pace));
  return [...rows, await scansOf(world, 'queue_million', 'a queue page', pages, { cookie: many.cookie })];
}

export const queuePage: Measure = {
  name: 'queue',
  how: 'Two production servers on two databases with the same five thousand posts, one with a thousand comments and one with a million, three in a hundred of them pending; the owner, signed in, asks both in turn for the same page of the same cards, `Accept-Encoding: identity`, from sending to the last byte; medians. Then auto_explain writes the plan of every query of these pages at a million, as `plans`.',
  run,
};

import { fieldsOfForm, multipart } from '../support/raw-request';
import { ask, type Asked } from './ask';
import { fillBench, pageOf } from './content';
import { type Measure, type Pace, type Row, times } from './measure';
import { percentile } from './statistics';
import type { World } from './world';
import { chance, personName, prose } from './words';

const AT_ONCE = 16;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 5;
const POST = pageOf(10);
const COMMENT_WORDS = 40;

/** The hidden fields of the box of a post. */
export const boxOf = async (url: string, path: string): Promise<Record<string, string>> => fieldsOfForm((await ask(url + path)).body.toString('utf8'), 'Post Comment');

/** A guest's comment as a browser without script posts it: the form of the page, filled in. From an address of its own. */
export function sendComment(url: string, path: string, fields: Record<string, string>, text: string, number: number, random: () => number): Promise<Asked> {
  const { body, headers } = multipart({ ...fields, comment: text, name: personName(random), email: `guest-${number}@example.net` });
  const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  return ask(url + path, { method: 'POST', body, headers: { ...headers, 'x-forwarded-for': address, origin: url, accept: 'text/html' } });
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  await world.database('guests', async () => undefined, 'bench');
  const { url } = await world.serve('guests');
  const fields = await boxOf(url, POST);
  const random = chance(6);
  const [texts, waits]: [string[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP_ROUNDS + times(ROUNDS, pace, 5); round++) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => `${prose(COMMENT_WORDS, random)} ${texts.length + index}`);
    const answers = await Promise.all(batch.map((text, index) => sendComment(url, POST, fields, text, texts.length + index, random)));
    const refused = answers.find(({ status }) => status !== 303);
    if (refused) throw new Error(`A guest’s comment was answered ${refused.status}: ${refused.body.toString('utf8').slice(0, 500)}`);
    texts.push(...batch);
    if (round >= WARM_UP_ROUNDS) waits.push(...answers.map(({ ms }) => ms));
  }
  const { rows } = await world.sql('guests').query<{ once: number; more: number }>(
    `SELECT count(*) FILTER (WHERE n = 1)::int AS once, count(*) FILTER (WHERE n > 1)::int AS more FROM (SELECT count(*) AS n FROM "Comment" WHERE source = ANY($1) GROUP BY source) c`, [texts]);
  const { once = 0, more = 0 } = rows[0] ?? {};
  const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)];
  const raw = { 'comments sent': texts.length, 'comments found once': once, 'median wait': `${p50.toFixed(1)} ms`, '99 of 100 waited less than': `${p99.toFixed(1)} ms`, 'longest wait': `${Math.max(...waits).toFixed(1)} ms` };
  return [
    { what: 'guest comments, 16 at once, lost', bound: { atMost: 0, unit: 'comments' }, value: texts.length - once - more, raw },
    { what: 'guest comments, 16 at once, found twice', bound: { atMost: 0, unit: 'comments' }, value: more, raw },
    { what: 'wait of a guest, 16 at once, p99 against p50', bound: { atMost: 5, unit: '×' }, value: p99 / p50, raw },
  ];
}

export const guests: Measure = {
  name: 'guests',
  how: 'Rounds of 16 comments sent at the same moment to one post, as a browser without script sends its form (multipart, hidden fields from the page), each from its own address and person; then every text is counted in the database.',
  run,
};

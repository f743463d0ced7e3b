import type pg from 'pg';
import { db } from '../../lib/db/client';
import { findRelated } from '../../lib/posts/related';
import { searchPosts } from '../../lib/posts/search';
import { FEW, fillPosts, MANY, wordOfRank } from './many-posts';
import { type Measure, type Pace, type Raw, type Row, times } from './measure';
import { percentile } from './statistics';
import { chance } from './words';
import type { World } from './world';

const ROUNDS = 3;
const OF_A_KIND = 12;
const WARM_UPS = 20;
const RELATED = 100;
const PER_PAGE = 10;
const UNSAID = 'a word that nobody says';
const SIDES = { few: FEW, many: MANY };
type Side = keyof typeof SIDES;

// What lib/posts/search-words takes of a hundred posts at a time, of all at once: that alone would take longer than all else.
const ALL_WORDS = `
  INSERT INTO "SearchWord" (word) SELECT word FROM ts_stat($$SELECT to_tsvector('simple', fold_letters("left"(title || ' ' || html, 79000))) FROM "Post"$$)
  WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9/@.:_]' ORDER BY word`;

async function fill(world: World, side: Side): Promise<void> {
  await world.database(side, async (sql: pg.Pool) => {
    await fillPosts(SIDES[side])(sql);
    await sql.query(ALL_WORDS);
  });
}

/** What readers look for, so many of each kind, the same on both sides: of common words up to one that a single post in a hundred thousand says. */
function searches(random: () => number): Record<string, string[]> {
  const between = (least: number, most: number) => wordOfRank(least + Math.floor(random() * (most - least)));
  const [everywhere, usual, seldom, rare] = [() => between(20, 100), () => between(100, 1_000), () => between(2_000, 5_000), () => between(100_000, 190_000)];
  const misspelt = (word: string) => `${word.slice(0, 2)}${word.slice(3)}`;
  const kinds: Record<string, () => string> = {
    'a word that stands everywhere': everywhere, 'a usual word': usual, 'a word of one post in a hundred': seldom, 'a rare word': rare,
    'two words': () => `${everywhere()} ${usual()}`, 'three words': () => `${everywhere()} ${everywhere()} ${usual()}`, 'a phrase': () => `"${everywhere()} ${everywhere()}"`,
    'one of two words': () => `${usual()} or ${seldom()}`, 'one without the other': () => `${everywhere()} -${usual()}`, 'a misspelt word': () => misspelt(usual()), [UNSAID]: () => `${rare()}qx`,
  };
  return Object.fromEntries(Object.entries(kinds).map(([kind, make]) => [kind, Array.from({ length: OF_A_KIND }, make)]));
}

type Times = Record<string, number[]>;

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function search(words: string): Promise<number> {
  const found = await searchPosts(words, 1, PER_PAGE, new Date());
  if (found === null || found === 'too-many') throw new Error(`The search for ${words} was given up.`);
  // A word like “what” says nothing by itself.
  return found === 'no-words' ? 0 : found.hits.length;
}

/** One round on one side: every search once, and of so many of its newest posts those related. */
async function round(into: Times, kinds: Record<string, string[]>): Promise<void> {
  const all = Object.values(kinds).flat();
  for (const words of all.slice(0, WARM_UPS)) await search(words);
  for (const [kind, asked] of Object.entries(kinds)) {
    let hits = 0;
    for (const words of asked) (into[kind] ??= []).push(await took(async () => { hits += await search(words); }));
    // What finds nothing costs nothing.
    if (hits === 0 && kind !== UNSAID) throw new Error(`No search for ${kind} found anything.`);
  }
  const posts = await db().post.findMany({ orderBy: { publishedAt: 'desc' }, take: RELATED, select: { id: true } });
  for (const { id } of posts.slice(0, WARM_UPS)) await findRelated(id, 5, new Date());
  for (const { id } of posts) (into.related ??= []).push(await took(() => findRelated(id, 5, new Date())));
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  const seen: Record<Side, Times> = { few: {}, many: {} };
  const sides = Object.keys(SIDES) as Side[];
  for (const side of sides) await fill(world, side);
  for (let n = 0; n < times(ROUNDS, pace, 1); n++) for (const side of sides) await world.asBlog(side, () => round(seen[side], searches(chance(n + 1))));
  for (const side of sides) await world.drop(side);
  const kinds = Object.keys(seen.few).filter((kind) => kind !== 'related');
  const row = (what: string, of: string[]): Row => {
    const [few, many] = sides.map((side) => of.flatMap((kind) => seen[side][kind]!)) as [number[], number[]];
    const raw: Raw = { searches: few.length };
    for (const [name, some] of [['all', of], ...(of.length > 1 ? of.map((kind) => [kind, [kind]] as const) : [])] as [string, string[]][]) {
      const at = (share: number) => sides.map((side) => percentile(some.flatMap((kind) => seen[side][kind]!), share).toFixed(1)).join(' and ');
      raw[`${name}, ms: median, p95`] = `${at(0.5)}; ${at(0.95)}`;
    }
    return { what, bound: { under: 1.5, unit: '×' }, value: percentile(many, 0.95) / percentile(few, 0.95), raw };
  };
  return [row('search: p95 at a hundred thousand posts against a thousand', kinds), row('related posts: p95 at a hundred thousand posts against a thousand', ['related'])];
}

export const searching: Measure = {
  name: 'search',
  how: 'Two blogs, of a thousand and of a hundred thousand posts of 100 to 500 words out of two hundred thousand, as often as people use them (Zipf). `searchPosts` is asked for eleven kinds of searches, the same on both sides in turn, and `findRelated` for the newest posts, in the bench’s own process. Each raw time is that of the small blog and that of the large.',
  run,
};

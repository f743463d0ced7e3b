import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { scoreOf, type Knowledge, type SpamLabel, type Tally } from '../lib/moderation/spam-score';
import { featuresOf, type Feature } from '../lib/moderation/spam-features';
import { SpamTraining } from '../lib/moderation/spam-training';
import { commentHtml, readLinks } from '../lib/text/comment-text';
import { plainText } from '../lib/text/plain';
import { z } from '../lib/zod';

// Judges the spam score by files of comments with labels, and prints the table of docs/spam.md. Needs no database.
const USAGE = 'Usage: npm run judge-spam -- FILE.jsonl …  (lines with "label": "spam" | "ham", "text", and perhaps "name", "email", "website")';
const WRONG_USAGE = 64;
const SHUFFLE_SEED = 20261126;
const HELD = 0.5;
const SORTED = 0.8;

const field = z.string().nullish().transform((value) => value ?? '');
const lineSchema = z.object({ name: field, email: field, website: field, text: field, label: z.enum(['spam', 'ham']) });

type Comment = { features: Feature[]; label: SpamLabel };
type Judged = { score: number; label: SpamLabel };

async function read(file: string): Promise<Comment[]> {
  const comments: Comment[] = [];
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { name, email, website, text, label } = lineSchema.parse(JSON.parse(line.replace(/^\uFEFF/, '')));
    const html = commentHtml(text, 'markdown');
    const { hosts, share } = readLinks(html);
    comments.push({ label, features: featuresOf({ name, email, website, text: plainText(html), linkHosts: hosts, linkShare: share }) });
  }
  return shuffled(comments);
}

/** In an order that is the same each time (mulberry32, Fisher and Yates). */
function shuffled<T>(items: T[]): T[] {
  let state = SHUFFLE_SEED;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items;
}

const NOTHING: Knowledge = { learned: new Map() as Tally, gauge: null };

async function learned(comments: readonly Comment[]): Promise<Knowledge> {
  const training = new SpamTraining();
  for (const { features, label } of comments) training.add(features.map(({ id }) => id), label);
  await training.findGauge(async () => NOTHING);
  return training.with(NOTHING);
}

const judge = (comments: readonly Comment[], knowledge: Knowledge): Judged[] => comments.map(({ features, label }) => ({ label, score: scoreOf(features, knowledge).score }));

const percent = (value: number): string => (Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : '–');

/** Precision and recall from a score on. */
function at(judged: readonly Judged[], least: number): string {
  const found = judged.filter(({ score }) => score >= least);
  const right = found.filter(({ label }) => label === 'spam').length;
  return `${percent(right / found.length)} / ${percent(right / judged.filter(({ label }) => label === 'spam').length)}`;
}

/** How often a spam comment has the higher score than a good one, a tie counting half. */
function auc(judged: readonly Judged[]): string {
  const sorted = [...judged].sort((a, b) => a.score - b.score);
  const ranks = new Map<number, { sum: number; of: number }>();
  sorted.forEach(({ score }, index) => {
    const rank = ranks.get(score) ?? { sum: 0, of: 0 };
    ranks.set(score, { sum: rank.sum + index + 1, of: rank.of + 1 });
  });
  const spam = judged.filter(({ label }) => label === 'spam');
  const sum = spam.reduce((total, { score }) => total + ranks.get(score)!.sum / ranks.get(score)!.of, 0);
  return ((sum - (spam.length * (spam.length + 1)) / 2) / (spam.length * (judged.length - spam.length))).toFixed(3);
}

async function rowsOf(file: string): Promise<string[]> {
  const comments = await read(file);
  const half = Math.floor(comments.length / 2);
  const [one, other] = [comments.slice(0, half), comments.slice(half)];
  const trained = [...judge(other, await learned(one)), ...judge(one, await learned(other))];
  const share = percent(comments.filter(({ label }) => label === 'spam').length / comments.length);
  const row = (how: string, judged: readonly Judged[]) => `| ${[basename(file, '.jsonl'), comments.length, share, how, at(judged, HELD), at(judged, SORTED), auc(judged)].join(' | ')} |`;
  return [row('one half, judged on the other, both ways', trained), row('the start set alone', judge(comments, NOTHING))];
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error(USAGE);
  process.exit(WRONG_USAGE);
}
console.log('| corpus | comments | spam | learned from | held: precision / recall | to Spam: precision / recall | AUC |\n| --- | --- | --- | --- | --- | --- | --- |');
for (const file of files) for (const row of await rowsOf(file)) console.log(row);

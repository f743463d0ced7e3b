import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { disposableDomainOf } from '../lib/comments/disposable-mail';
import { db } from '../lib/db/client';
import type { Ruleset } from '../lib/moderation/ruleset';
import { presentRuleset } from '../lib/moderation/screening-rules';
import { NOTHING_NOTICED, screen, STRANGER, type ScreenedDraft } from '../lib/moderation/screening';
import { sentenceFor } from '../lib/moderation/sentences';
import { featuresOf, type Feature } from '../lib/moderation/spam-features';
import { findKnowledge } from '../lib/moderation/spam-knowledge';
import { scoreOf } from '../lib/moderation/spam-score';
import { SpamTraining } from '../lib/moderation/spam-training';
import { commentHtml, readLinks } from '../lib/text/comment-text';
import { plainText } from '../lib/text/plain';
import { z } from '../lib/zod';
import { withBlog } from './with-blog';

const USAGE = `Usage: npm run screen -- FILE.jsonl [--train FILE.jsonl]
Each line: {"name", "email", "website", "text"}, each of which may be left out; to train, also "label": "spam" or "ham".`;
const WRONG_USAGE = 64;
/** So many lines are asked of the database at once. */
const BATCH_LINES = 200;

// Standard output is for the answers alone: whatever else the blog says while it gets ready goes to standard error.
console.log = console.error;
console.info = console.error;

const field = z.string().nullish().transform((value) => value ?? '');
const lineSchema = z.object({ name: field, email: field, website: field, text: field, label: z.enum(['spam', 'ham']).optional() });
type Line = z.infer<typeof lineSchema>;

/** A line that cannot be screened. */
class BadLine extends Error {}

/** The lines of a file, one after another, whatever it ends them with; empty ones are left out. Throws BadLine. */
async function* linesOf(file: string): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const line = (number === 1 ? text.replace(/^\uFEFF/, '') : text).trim();
    if (line === '') continue;
    const read = lineSchema.safeParse(parsed(line));
    if (!read.success) throw new BadLine(`Line ${number} of ${file} is not a comment: a JSON object is expected, with texts as name, email, website and text.`);
    yield read.data;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function* batchesOf<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === BATCH_LINES) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

type Read = { draft: ScreenedDraft; features: Feature[] };

/** A line as the comment box would take it. */
function readLine({ name, email, website, text: source }: Line): Read {
  const html = commentHtml(source, 'markdown');
  const { hosts, share } = readLinks(html);
  const written = { name, email, website, text: plainText(html), linkHosts: hosts, linkShare: share };
  return { draft: { ...written, source, ip: '', care: 'open', noticed: NOTHING_NOTICED }, features: featuresOf(written) };
}

async function train(file: string): Promise<SpamTraining> {
  const training = new SpamTraining();
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (line.label === undefined) throw new BadLine(`Comment ${number} of ${file} has no label: "spam" or "ham" is expected.`);
    training.add(readLine(line).features.map(({ id }) => id), line.label);
  }
  await training.findGauge((ids) => findKnowledge(db(), ids));
  return training;
}

async function answersOf(lines: readonly Line[], rules: Ruleset, training: SpamTraining | null): Promise<string> {
  const read = lines.map(readLine);
  const own = await findKnowledge(db(), new Set(read.flatMap(({ features }) => features.map(({ id }) => id))));
  const answers = await Promise.all(read.map(async ({ draft, features }) => {
    const spam = scoreOf(features, training ? training.with(own) : own);
    const noticed = { ...NOTHING_NOTICED, spam, disposableDomain: await disposableDomainOf(draft.email) };
    const { status, reasons } = screen({ ...draft, noticed }, STRANGER, rules);
    return `${JSON.stringify({ status, spamScore: spam.score, reasons: reasons.map(sentenceFor) })}\n`;
  }));
  return answers.join('');
}

/** Writes to standard output and waits until it is taken; false where nobody reads any more. */
const write = (text: string): Promise<boolean> => new Promise((resolve) => { process.stdout.write(text, (error) => resolve(!error)); });

async function screenFile(file: string, trainedBy: string | undefined): Promise<number> {
  try {
    const training = trainedBy === undefined ? null : await train(trainedBy);
    const rules = await presentRuleset(db());
    for await (const lines of batchesOf(linesOf(file))) if (!(await write(await answersOf(lines, rules, training)))) return 0;
    return 0;
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readArguments(): { file: string; trainedBy: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({ options: { train: { type: 'string' } }, allowPositionals: true });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? null : { file, trainedBy: values.train };
  } catch {
    return null;
  }
}

const asked = readArguments();
if (!asked) {
  console.error(USAGE);
  process.exit(WRONG_USAGE);
}
const { file, trainedBy } = asked;
for (const path of [file, ...(trainedBy === undefined ? [] : [trainedBy])]) {
  await access(path, constants.R_OK).catch(() => {
    console.error(`${path} cannot be read.`);
    process.exit(1);
  });
}
await withBlog(() => screenFile(file, trainedBy));

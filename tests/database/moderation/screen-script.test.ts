import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRules } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'screen-'));

function fileOf(name: string, lines: readonly (object | string)[], end = '\n'): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join(end) + end);
  return path;
}

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'scripts/screen.ts', ...words], { env: { ...process.env, DATABASE_URL: database.url }, encoding: 'utf8' });
  return { status, stderr, lines: stdout.split('\n').filter(Boolean).map((line): unknown => JSON.parse(line)) };
}

const rowsOf = async () => (await database.sql.query('SELECT (SELECT count(*) FROM "Comment") AS c, (SELECT count(*) FROM "SpamFeature") AS f, (SELECT count(*) FROM "SpamLesson") AS l')).rows;

test('each line has its answer, in order, by what was learned of the other file, and nothing is written', { timeout: 60_000 }, async () => {
  const lessons = Array.from({ length: 40 }, (_, at) => [{ text: `Ladders and scaffolds, offer ${at}`, label: 'spam' }, { text: `We read a story, evening ${at}`, label: 'ham' }]).flat();
  const train = fileOf('train.jsonl', lessons);
  const file = fileOf('file.jsonl', ['\uFEFF{"text":"Scaffolds and ladders, a good offer"}', '', { name: 'Ann', text: 'We read a story.' }, {}], '\r\n');
  const before = await rowsOf();
  const { status, lines } = run(file, '--train', train);
  expect(status).toBe(0);
  expect(lines).toEqual([
    { status: 'spam', spamScore: expect.any(Number), reasons: [expect.stringMatching(/^Looks like spam: .*(scaffolds|ladders|offer)/), ...((lines[0] as { reasons: string[] }).reasons.slice(1))] },
    { status: 'pending', spamScore: expect.any(Number), reasons: ['First comment by this person.'] },
    expect.objectContaining({ status: 'pending' }),
  ]);
  expect(await rowsOf()).toEqual(before);
});

test('a website is read as the comment box reads it, which needs no https:// before it', { timeout: 60_000 }, async () => {
  await makeRules({ refused: ['shop.example'] });
  const { lines } = run(fileOf('website.jsonl', [{ name: 'Ann', website: 'www.shop.example', text: 'Hello there.' }]));
  expect(lines).toEqual([expect.objectContaining({ status: 'trash' })]);
});

test('wrong usage is 64; a bad line is named by its number', { timeout: 60_000 }, () => {
  expect(run()).toMatchObject({ status: 64, lines: [] });
  expect(run(fileOf('bad.jsonl', [{ text: 'Good.' }, 'no json']))).toMatchObject({ status: 1, stderr: expect.stringContaining('Line 2 of') });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { complaintsAbout } from '../../support/migration-rule';

const FOLDER = 'prisma/migrations';
/** Until this one nothing had been released that could run on the database of another version. */
const FIRST = '20261127162640_privacy';
const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

test.each(names.filter((name) => name >= FIRST))('the version before runs on the database that %s leaves', async (name) => {
  const sql = readFileSync(path.join(FOLDER, name, 'migration.sql'), 'utf8');
  expect(await complaintsAbout(sql, names.filter((one) => one < name))).toEqual([]);
});

test('the rule looks at a migration at all', async () => {
  expect(names.filter((name) => name >= FIRST).length).toBeGreaterThan(0);
  const before = names.filter((name) => name < FIRST).map((name) => readFileSync(path.join(FOLDER, name, 'migration.sql'), 'utf8'));
  expect((await Promise.all(before.map((sql) => complaintsAbout(sql, [])))).flat()).not.toEqual([]);
});

test.each([
  ['ALTER TABLE "A" DROP COLUMN "b"', /drops a column \(b\)/],
  ['ALTER TABLE "A" ADD COLUMN "c" INT, DROP COLUMN "b" CASCADE', /drops a column/],
  ['ALTER TABLE "A" ALTER COLUMN "b" SET NOT NULL', /may be empty/],
  ['ALTER TABLE "A" ALTER COLUMN "b" TYPE text', /changes the type/],
  ['ALTER TABLE "A" ADD COLUMN "b" INT NOT NULL', /must be filled/],
  ['ALTER TABLE "A" ADD CONSTRAINT "c" CHECK ("b" > 0)', /adds a constraint/],
  ['ALTER TABLE "A" RENAME COLUMN "b" TO "c"', /renames/],
  ['ALTER TABLE "A" RENAME TO "B"', /renames/],
  ['alter table only public."A" rename b to c', /renames/],
  ['DROP TABLE IF EXISTS "A"', /drops/],
  ['DROP TYPE "T"', /drops/],
  ['DROP FUNCTION f(int)', /drops/],
  ['TRUNCATE "A"', /empties/],
  ['CREATE UNIQUE INDEX "i" ON "A"("b")', /unique index/],
  ['-- contracts: 20260101000000_none: nothing uses it any more\nDROP TABLE "A"', /names no earlier migration/],
  ['-- contracts: 20270101000000_more: too short\nALTER TABLE "A" ADD COLUMN "x" INT;\nDROP TABLE "A"', /drops/],
])('%s is refused', async (sql, complaint) => {
  expect((await complaintsAbout(sql, ['20270101000000_more'])).join()).toMatch(complaint);
});

test.each([
  'ALTER TABLE "A" ADD COLUMN "b" INT, ADD COLUMN "c" INT NOT NULL DEFAULT 1',
  'CREATE TABLE "B" ("id" INT NOT NULL); CREATE UNIQUE INDEX "i" ON "B"("id"); ALTER TABLE "B" ADD CONSTRAINT "c" CHECK ("id" > 0)',
  'ALTER TABLE "A" ADD CONSTRAINT "f" FOREIGN KEY ("b") REFERENCES "B"("id")',
  'CREATE INDEX "i" ON "A"("b"); DROP INDEX "j"; ALTER TABLE "A" ALTER COLUMN "b" DROP NOT NULL; ALTER TABLE "A" DROP CONSTRAINT "c"',
  `ALTER TYPE "T" ADD VALUE 'x'`,
  'CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; UPDATE "A" SET b = 1',
  '-- contracts: 20270101000000_more: since then nothing reads or writes it\nALTER TABLE "A" DROP COLUMN "b"',
])('%s is let through', async (sql) => {
  expect(await complaintsAbout(sql, ['20270101000000_more'])).toEqual([]);
});

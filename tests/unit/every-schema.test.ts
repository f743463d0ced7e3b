import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { z } from '@/lib/zod';

const RUNS = 300;
/** Far more than any takes of what is generated here; a schema whose time grows without measure takes longer. */
const LIMIT_MS = 1_000;

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).map((file) => path.join('lib', file)).filter((file) => file.endsWith('.ts')).filter((file) => !file.startsWith(path.join('lib', 'db')) && /export const \w+Schema\b/.test(readFileSync(file, 'utf8')));
const isSchema = (value: unknown): value is z.ZodType => typeof value === 'object' && value !== null && 'safeParse' in value && typeof value.safeParse === 'function';
type Named = { name: string; schema: z.ZodType };
const found: Named[] = [];

beforeAll(async () => {
  for (const file of files) {
    const made = (await import(path.resolve(file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(made)) if (isSchema(value)) found.push({ name: `${file}: ${name}`, schema: value });
  }
});

/** What a form, a script, a queue or a file may hold, and what none does. */
const hostile = fc.oneof(
  fc.constantFrom('', ' ', '\0', '\ud800', '\u202e', '-1', '0', '1e309', 'NaN', 'null', '[]', '{}', '{"__proto__":{"x":1}}', '../../etc/passwd', 'javascript:alert(1)', '2026-02-30', "' OR 1=1 --", '%00', '<script>', 'x'.repeat(70_000), '😀'.repeat(20_000), 'a@b.example\r\nBcc: c@d.example'),
  fc.string({ unit: 'binary', maxLength: 200 }), fc.double(), fc.bigInt(), fc.constantFrom(null, undefined, true, NaN, -0), fc.date({ noInvalidDate: false }),
  fc.uuid(), fc.emailAddress(), fc.webUrl(), fc.json(), fc.anything({ withDate: true, withMap: true, withNullPrototype: true, withBigInt: true, withTypedArray: true }),
);

/** The names that an object schema takes, as far as it is one; below it too. */
function namesOf(schema: unknown, depth = 0): string[] {
  if (typeof schema !== 'object' || schema === null || depth > 6) return [];
  const { shape, def } = schema as { shape?: Record<string, unknown>; def?: Record<string, unknown> };
  const inner = def ? [def.innerType, def.in, def.element, ...((def.options as unknown[] | undefined) ?? [])] : [];
  return [...(shape ? Object.keys(shape).concat(Object.values(shape).flatMap((value) => namesOf(value, depth + 1))) : []), ...inner.flatMap((one) => namesOf(one, depth + 1))];
}

/** Objects with the names that a schema takes, each with something of the above. */
function shaped(schema: z.ZodType): fc.Arbitrary<unknown> {
  const names = [...new Set(namesOf(schema))].slice(0, 40);
  const object = fc.dictionary(names.length > 0 ? fc.constantFrom(...names) : fc.string(), hostile, { maxKeys: names.length || 3 });
  return fc.oneof(object, object.map((value) => { try { return JSON.stringify(value); } catch { return ''; } }), fc.array(object, { maxLength: 3 }), hostile);
}

test('every schema is found', () => {
  expect(files.length).toBeGreaterThan(25);
  expect(found.length).toBeGreaterThan(70);
  expect(found.filter(({ schema }) => namesOf(schema).length > 0).length).toBeGreaterThan(50);
});

test('no schema throws, whatever it is given, or takes long', { timeout: 240_000 }, async () => {
  for (const { name, schema } of found) {
    await fc.assert(fc.asyncProperty(shaped(schema), async (value) => {
      const begun = performance.now();
      const parsed = await schema.safeParseAsync(value);
      const ms = performance.now() - begun;
      // A refusal is for people: it has a sentence.
      if (!parsed.success) expect(parsed.error.issues.every(({ message }) => typeof message === 'string' && message.length > 0), name).toBe(true);
      expect(ms, `${name} took ${ms.toFixed(0)} ms`).toBeLessThan(LIMIT_MS);
    }), { numRuns: RUNS });
  }
});

import ts from 'typescript';
import { expect, test } from 'vitest';
import { listImports, listSourceFiles, parse, type SourceFile } from '../support/source-files';

const program = listSourceFiles().filter(({ path }) => !path.startsWith('tests/'));

/** Who takes what of Node's cryptography. What is keyed or encrypted stands in few files (docs/security.md, “Keys and secrets”). */
const CRYPTO: Record<string, string[]> = {
  'lib/keyed.ts': ['createHmac', 'hkdfSync', 'timingSafeEqual'],
  'lib/moderation/akismet-seal.ts': ['createCipheriv', 'createDecipheriv', 'randomBytes'],
  'lib/network-keys.ts': ['createHmac', 'randomBytes'],
  'lib/webhooks/signature.ts': ['createHmac'],
  'server/secrets.ts': ['hkdfSync', 'randomBytes'],
  'lib/identity/tokens.ts': ['createHash', 'randomBytes', 'randomInt'],
  'lib/posts/previewing.ts': ['randomBytes'],
  'lib/reads/counting.ts': ['createHash', 'randomBytes'],
  'server/embedded-postgres.ts': ['randomBytes'],
  'server/respond.ts': ['randomBytes'],
  // The token of the figures, compared by its hash.
  'server/metrics.ts': ['createHash', 'timingSafeEqual'],
  'scripts/export.ts': ['randomBytes'],
  // Names of files and requests, and what is the same as something else.
  ...Object.fromEntries([
    'lib/backup/writing.ts', 'lib/cache-tags.ts', 'lib/comments/word-before.ts', 'lib/media/keeping.ts', 'lib/media/metadata.ts', 'lib/media/portraits.ts', 'lib/media/small-picture.ts',
    'lib/site/settings.ts', 'lib/transfer/unpack-folders.ts', 'server/fingerprint.ts', 'server/headers.ts', 'server/migrations.ts', 'server/postgres-home.ts', 'server/whole-answer.ts',
  ].map((path) => [path, ['createHash']])),
  'lib/media/store.ts': ['createHash', 'randomUUID'],
  'lib/db/change.ts': ['randomUUID'],
  'lib/jobs.ts': ['randomUUID'],
  'server/readers-pages.ts': ['randomUUID'],
  'server/requests.ts': ['randomUUID'],
};

/** Who starts programs: PostgreSQL's own and Node, each with a list of arguments and no shell. */
const PROGRAMS: Record<string, string[]> = {
  'scripts/check.ts': ['spawnSync'],
  'server/build-steps.ts': ['spawn'],
  'server/kept-binaries.ts': ['spawnSync'],
  'server/postgres-home.ts': ['spawnSync'],
  'server/postgres-process.ts': ['spawn', 'spawnSync'],
};

/** When something is asked for again: several browsers not all at once. */
const HARMLESS_CHANCE = ['components/comments/new-comments.enhance.ts', 'components/moderation/desk-source.ts'];

/** What a file takes of a module by name, types left out; a module taken whole, or by `import()`, is `*`. */
function taken(file: SourceFile, module: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || statement.moduleSpecifier.text !== module) return [];
    const names = statement.importClause?.namedBindings;
    if (!names || !ts.isNamedImports(names) || statement.importClause?.name) return ['*'];
    return names.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name, propertyName }) => (propertyName ?? name).text);
  });
}

const takenBy = (module: string) => Object.fromEntries(program.map((file) => [file.path, taken(file, module).sort()] as const).filter(([, names]) => names.length > 0));
const importing = (...modules: string[]) => program.filter((file) => listImports(file).some(({ target, isPackage, typeOnly }) => isPackage && !typeOnly && modules.includes(target))).map(({ path }) => path).sort();
const saying = (words: RegExp) => program.filter(({ text }) => words.test(text)).map(({ path }) => path);

test('Node’s cryptography is used by these files, and only so', () => {
  expect(takenBy('node:crypto')).toEqual(CRYPTO);
  expect(importing('node:crypto')).toEqual(Object.keys(CRYPTO).sort());
  expect(importing('crypto', 'node:webcrypto', 'crypto-js', 'bcrypt', 'bcryptjs', 'md5', 'sha.js', 'uuid/v4')).toEqual([]);
});

test('hashes are SHA-256, derived keys HKDF of it, and the one cipher is AES-256-GCM with a nonce of chance', () => {
  const made = program.flatMap(({ text }) => [...text.matchAll(/\b(createHash|createHmac|hkdfSync|createCipheriv|createDecipheriv)\(([^,)]+)/g)].map(([, name, first]) => `${name} ${first}`));
  expect([...new Set(made)].sort()).toEqual(['createCipheriv CIPHER', 'createDecipheriv CIPHER', "createHash 'sha256'", "createHmac 'sha256'", "hkdfSync 'sha256'"]);
  const { text = '' } = program.find(({ path }) => path === 'lib/moderation/akismet-seal.ts') ?? {};
  expect([text.includes("const CIPHER = 'aes-256-gcm';"), text.includes('const NONCE_BYTES = 12;'), text.includes('const nonce = randomBytes(NONCE_BYTES);'), text.includes('authTagLength: TAG_BYTES')]).toEqual([true, true, true, true]);
  expect(saying(/crypto\.subtle|\.subtle\.(digest|sign|encrypt)/)).toEqual([]);
});

test('what must not be guessed has 128 random bits at least', () => {
  const sizes = program.flatMap(({ path, text }) => [...text.matchAll(/randomBytes\((\w+)\)/g)].map(([, size = '']) => {
    const bytes = Number(/^\d+$/.test(size) ? size : new RegExp(`const ${size} = (\\d+);`).exec(text)?.[1]);
    return [path, bytes * 8] as const;
  }));
  // A nonce of a cipher is not secret, and neither is the name of a file that is being written.
  expect(sizes.filter(([, bits]) => !(bits >= 128)).map(([path]) => path).sort()).toEqual(['lib/moderation/akismet-seal.ts', 'scripts/export.ts']);
  // Marks that are cut: 32 digits and more.
  expect(program.flatMap(({ text }) => [...text.matchAll(/(?:MARK|EVENTS)_DIGITS = (\d+)/g)].map(([, digits]) => Number(digits) * 4)).sort()).toEqual([128, 128, 160]);
});

test('chance that can be guessed is used for nothing but moments', () => {
  expect(saying(/Math\.random/).sort()).toEqual(HARMLESS_CHANCE);
});

test('programs are started by these files, never by a shell', () => {
  expect(takenBy('node:child_process')).toEqual(PROGRAMS);
  expect(importing('node:child_process')).toEqual(Object.keys(PROGRAMS).sort());
  expect([...importing('child_process', 'node:cluster', 'execa', 'cross-spawn'), ...saying(/shell:\s*true/)]).toEqual([]);
});

test('no text becomes code', () => {
  expect(saying(/\beval\(|\bnew Function\b|\bsetTimeout\(\s*['"`]|\bimport\(\s*`/)).toEqual([]);
  expect(importing('vm', 'node:vm', 'node:repl', 'vm2', 'isolated-vm')).toEqual([]);
});

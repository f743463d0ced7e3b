import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { expect, test } from 'vitest';
import { Prisma } from '../../lib/db/generated/client';
import { loggedError, masked } from '../../lib/logged-error';

const ADDRESS = 'idalina.waits+blog@example.com';
const TEXT = 'My daughter Ada has not slept';
const told = (error: unknown): string => JSON.stringify(loggedError(error));

test('kind, code and frames of an error stay, and its message where it names nobody', () => {
  const error = Object.assign(new RangeError('The page has no end.'), { code: 'ERR_END' });
  const logged = loggedError(error);
  expect(logged).toMatchObject({ type: 'RangeError', code: 'ERR_END', message: 'The page has no end.' });
  expect(logged.stack).toMatch(/^ {4}at .*tests\/unit\/logged-error\.test\.ts:\d+:\d+\)?/);
  expect(logged.stack).not.toContain('The page has no end.');
});

test('of Prisma’s errors the code, the model and PostgreSQL’s own code are told, and nothing of the query', () => {
  const call = `\nInvalid \`prisma.comment.create()\` invocation in\n/srv/blog/lib/x.ts:1:2\n\n  data: {\n    email: "${ADDRESS}",\n    source: ${TEXT}\n  }\n\nUnique constraint failed on the fields: (\`email\`)`;
  const known = new Prisma.PrismaClientKnownRequestError(call, { code: 'P2002', clientVersion: '7.10.0', meta: { modelName: 'Comment', driverAdapterError: { cause: { originalCode: '23505', kind: 'UniqueConstraintViolation', originalMessage: `Key (email)=(${ADDRESS}) already exists.` } }, target: [TEXT] } });
  expect(loggedError(known)).toMatchObject({ type: 'PrismaClientKnownRequestError', code: 'P2002', model: 'Comment', sqlState: '23505', kind: 'UniqueConstraintViolation' });
  expect(told(known)).not.toMatch(/idalina|slept|already exists|prisma\.comment/);
  const invalid = new Prisma.PrismaClientValidationError(call, { clientVersion: '7.10.0' });
  expect(told(invalid)).not.toMatch(/idalina|slept/);
  expect(loggedError(invalid)).not.toHaveProperty('message');
});

test('of PostgreSQL’s errors what names the place is told, not the row', () => {
  const error = Object.assign(new pg.DatabaseError(`invalid input syntax for type uuid: "${TEXT}"`, 100, 'error'), {
    code: '22P02', severity: 'ERROR', table: 'Comment', constraint: 'Comment_depth', detail: `Failing row contains (${ADDRESS}, ${TEXT}).`, where: `unnamed portal parameter $1 = '${TEXT}'`, hint: TEXT, internalQuery: TEXT,
  });
  expect(loggedError(error)).toMatchObject({ message: 'invalid input syntax for type uuid: …', code: '22P02', severity: 'ERROR', table: 'Comment', constraint: 'Comment_depth' });
  expect(told(error)).not.toMatch(/idalina|slept/);
});

test('of a mail that is refused neither its addresses nor the server’s words', async () => {
  const refused = Object.assign(new Error(`Can't send mail - all recipients were rejected: 550 5.1.1 <${ADDRESS}>: no ${TEXT}`), {
    code: 'EENVELOPE', response: `550 5.1.1 <${ADDRESS}>: unknown`, responseCode: 550, command: 'RCPT TO', rejected: [ADDRESS], rejectedErrors: [Object.assign(new Error(`550 <${ADDRESS}>`), { recipient: ADDRESS })],
  });
  expect(loggedError(refused)).toMatchObject({ type: 'Error', code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' });
  expect(told(refused)).not.toMatch(/idalina|slept|example\.com/);
  const away = await createTransport('smtp://me:secret@127.0.0.1:1').sendMail({ from: 'me@example.com', to: ADDRESS, subject: TEXT, text: TEXT }).catch((error: unknown) => error);
  expect(loggedError(away)).toMatchObject({ code: 'ESOCKET' });
  expect(told(away)).not.toMatch(/idalina|slept|secret|127\.0\.0\.1/);
});

test('of a fetch that fails neither the address nor what stands in it, in its causes neither', async () => {
  const secret = 'https://hook.example/forget?key=tops3cret-tops3cret';
  const failed = await fetch('http://127.0.0.1:65530/receipts/tops3cret?q=idalina').catch((error: unknown) => error);
  expect(loggedError(failed)).toMatchObject({ type: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' } });
  const unreadable = await fetch(`${secret}\u0000:x y`.replace('https://', 'ht tps://')).catch((error: unknown) => error);
  for (const error of [failed, unreadable, new Error(`GET ${secret} failed`), new Error(`No answer from hook.example:443 (203.0.113.9, 2001:db8::1)`)]) {
    expect(told(error)).not.toMatch(/tops3cret|hook\.example|127\.0\.0\.1|203\.0|2001:db8|idalina/);
  }
});

test.each([
  () => JSON.parse(`{"email": "${ADDRESS}" ${TEXT}`) as unknown,
  () => new URL(`nowhere ${ADDRESS} ${TEXT}`),
  () => decodeURIComponent(`%E0%A4%A${ADDRESS}`),
])('what does not parse is not quoted: %s', (parse) => {
  let thrown: unknown;
  try { parse(); } catch (error) { thrown = error; }
  expect(loggedError(thrown).type).toMatch(/Error$/);
  expect(told(thrown)).not.toMatch(/idalina|slept/);
});

test('whoever writes frames into a message is not taken for the program', () => {
  const error = new Error(`lost\n    at ${ADDRESS} (/srv/x.ts:1:2)\n    at ${TEXT} (/srv/x.ts:1:2)\n    at https://x.example/?q=idalina:1:1`);
  expect(told(error)).not.toMatch(/idalina|slept/);
  expect(loggedError(error).stack).toContain('logged-error.test.ts');
  const changed = new Error(TEXT);
  changed.message = 'other';
  expect(told(changed)).not.toMatch(/slept/);
});

test('an error in an error, and many in one, are told in bounds and without end where they name each other', () => {
  const round = new Error('one');
  round.cause = new Error('two', { cause: round });
  expect(told(round).length).toBeLessThan(8_000);
  const many = new AggregateError(Array.from({ length: 50 }, () => new Error(ADDRESS)), 'many');
  expect(loggedError(many).errors).toHaveLength(3);
  expect(told(many)).not.toContain('idalina');
  expect(loggedError(new Error('word '.repeat(5_000))).message!.length).toBeLessThanOrEqual(300);
});

test('what is thrown and is no error is told by its kind; what cannot be looked at is an error', () => {
  expect(loggedError(`${ADDRESS} wrote`)).toEqual({ type: 'string', message: '(e-mail) wrote' });
  expect(loggedError({ email: ADDRESS, note: TEXT })).toEqual({ type: 'Object' });
  expect(loggedError(undefined)).toEqual({ type: 'undefined' });
  expect(loggedError(new Proxy(new Error('x'), { get: () => { throw new Error('no'); } }))).toEqual({ type: 'Error' });
  const named = Object.assign(new Error('x'), { name: ADDRESS, code: ADDRESS, syscall: TEXT, errno: -2, table: TEXT, command: TEXT });
  expect(told(named)).not.toMatch(/idalina|slept/);
});

test('property: no e-mail address is in a line, wherever it stands in an error', () => {
  const place = fc.constantFrom<(address: string) => unknown>(
    (address) => new Error(`Something about ${address} went wrong`),
    (address) => new Error(`<${address}>`),
    (address) => new Error(`user=${address},x`),
    (address) => new Error('x', { cause: new Error(encodeURIComponent(address)) }),
    (address) => Object.assign(new Error('x'), { name: address, code: address, syscall: address, detail: address, rejected: [address] }),
    (address) => new AggregateError([new Error(address)], address),
    (address) => ({ name: address, message: address, stack: `${address}: ${address}\n    at ${address} (/x/${address}:1:1)` }),
    (address) => address,
    (address) => new Prisma.PrismaClientUnknownRequestError(address, { clientVersion: address }),
  );
  fc.assert(fc.property(fc.emailAddress({ size: 'small' }), place, (address, made) => {
    const line = JSON.stringify(loggedError(made(address)));
    const [local = '', domain = ''] = address.split('@');
    return !line.includes(address) && !line.includes(`@${domain}`) && !line.includes(`${local}@`) && !line.includes(encodeURIComponent(address));
  }), { numRuns: 2_000 });
});

test('property: no network address is in a line, and a line is one line', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.string({ unit: 'binary' }), (address, text) => {
    const line = masked(`${text} connect to ${address} failed, ${address}:443`);
    return !line.includes(address) && !/[\r\n]/.test(line);
  }), { numRuns: 2_000 });
});

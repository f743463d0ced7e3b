import fc from 'fast-check';
import pino from 'pino';
import { expect, test } from 'vitest';
import { newAnswer, outsideOfRequests, presentRequestId, restBetweenAnswers, withAnswer, withRequestId } from '../../lib/answer';
import { LOG_LINES } from '../../lib/log';

const written: string[] = [];
const log = pino({ ...LOG_LINES, level: 'info' }, { write: (text: string) => void written.push(text) });
const lines = () => written.splice(0).map((text) => {
  expect(text.indexOf('\n')).toBe(text.length - 1);
  return JSON.parse(text) as Record<string, unknown>;
});

test('a line carries the id of the request during which it is written, however late, and none outside of one', async () => {
  await withRequestId('request-1', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.info('begun');
    await withAnswer(newAnswer({ requestId: 'request-2', clientIp: '203.0.113.9', origin: 'https://blog.example' }), async () => log.warn({ err: new Error('x') }, 'inside'));
    outsideOfRequests(() => log.info('for all'));
  });
  log.info('outside');
  expect(lines().map(({ requestId, msg }) => [requestId, msg])).toEqual([['request-1', 'begun'], ['request-2', 'inside'], [undefined, 'for all'], [undefined, 'outside']]);
});

test('where the memory of it rests in between, each of many requests at once keeps its own id to its end', async () => {
  restBetweenAnswers();
  const ids = Array.from({ length: 50 }, (_, index) => `request-${index}`);
  for (let round = 0; round < 3; round += 1) {
    const seen = await Promise.all(ids.map((id, index) => withRequestId(id, async () => {
      for (let step = 0; step < index % 7; step += 1) await new Promise((resolve) => setTimeout(resolve, step));
      withAnswer(newAnswer({ requestId: 'inner', clientIp: '127.0.0.1', origin: 'http://localhost' }), () => presentRequestId());
      await Promise.resolve();
      return presentRequestId();
    })));
    expect(seen).toEqual(ids);
    expect(presentRequestId()).toBeUndefined();
  }
  expect(() => withRequestId('throws', () => { throw new Error('x'); })).toThrow('x');
  await expect(withRequestId('rejects', async () => { throw new Error('y'); })).rejects.toThrow('y');
  expect(withRequestId('again', () => presentRequestId())).toBe('again');
});

test('an error says what kind it is in place of what it quotes, also where it is logged alone', () => {
  const error = new Error('no mail to ida@example.com');
  log.error(error);
  log.error({ err: error });
  log.error({ err: error }, 'A mail failed.');
  expect(lines().map(({ msg, err }) => [msg, (err as { message: string }).message])).toEqual([
    ['Something was noted.', 'no mail to (e-mail)'], ['Something was noted.', 'no mail to (e-mail)'], ['A mail failed.', 'no mail to (e-mail)'],
  ]);
});

test('what is somebody’s is left out, should anybody log it', () => {
  log.info({ email: 'ida@example.com', clientIp: '203.0.113.9', kind: '/search', asked: { url: '/search?q=ida', headers: { cookie: 'ida' }, status: 200 } }, 'A request.');
  expect(lines()).toEqual([{ level: 30, time: expect.any(Number) as number, kind: '/search', asked: { status: 200 }, msg: 'A request.' }]);
});

test('property: whatever a line says, it is one line and one JSON object', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', '\ud800', '\udfff', '"', '\\', '\u0000', 'a') }), (one, other) => {
    log.info({ kind: one, other, err: new Error(other) }, other + one);
    const [line] = lines();
    expect(line).toMatchObject({ level: 30 });
  }));
});

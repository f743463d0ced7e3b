import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { secretOf, secretsNow, signedHeaders } from '@/lib/webhooks/signature';

beforeAll(() => void vi.stubEnv('AUTH_SECRET', 'a-secret-of-this-test-of-more-than-32-characters'));
afterAll(() => void vi.unstubAllEnvs());

const ID = '0190a0a0-0000-7000-8000-000000000001';
const now = new Date();
const body = JSON.stringify({ type: 'webhook.test', timestamp: now.toISOString(), data: { words: '“ñ” 💬' } });

test('a message is signed word for word as the specification’s own example', () => {
  const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], new Date(1614265330_000));
  expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
});

test('a receiver with the library of the standard takes it, and nothing that was changed', () => {
  const secret = secretOf(ID, 1);
  const headers = signedHeaders(ID, body, [secret], now);
  const receiver = new Webhook(secret);
  expect(receiver.verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => receiver.verify(body.replace('test', 'text'), headers)).toThrow();
  expect(() => receiver.verify(body, { ...headers, 'webhook-id': `${ID.slice(0, -1)}2` })).toThrow();
  expect(() => receiver.verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) })).toThrow();
  expect(() => new Webhook(secretOf(ID, 2)).verify(body, headers)).toThrow();
  const old = signedHeaders(ID, body, [secret], new Date(now.getTime() - 6 * 60_000));
  expect(() => receiver.verify(body, old)).toThrow('too old');
});

test('each webhook, each number and each blog has a secret of its own, of 32 bytes', () => {
  const secrets = [secretOf(ID, 1), secretOf(ID, 2), secretOf(`${ID.slice(0, -1)}2`, 1)];
  vi.stubEnv('AUTH_SECRET', 'another-secret-of-this-test-of-more-than-32-letters');
  secrets.push(secretOf(ID, 1));
  vi.stubEnv('AUTH_SECRET', 'a-secret-of-this-test-of-more-than-32-characters');
  expect(new Set(secrets).size).toBe(4);
  for (const secret of secrets) expect([secret.startsWith('whsec_'), Buffer.from(secret.slice(6), 'base64').length]).toEqual([true, 32]);
});

test('for a day both secrets sign, and then the new one alone', () => {
  const secretMadeAt = new Date(now.getTime() - 23 * 3_600_000);
  const both = secretsNow({ id: ID, secretNumber: 3, secretMadeAt }, now);
  expect(both).toEqual([secretOf(ID, 3), secretOf(ID, 2)]);
  const headers = signedHeaders(ID, body, both, now);
  for (const secret of both) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secretOf(ID, 1)).verify(body, headers)).toThrow();
  expect(secretsNow({ id: ID, secretNumber: 3, secretMadeAt: new Date(now.getTime() - 24 * 3_600_000) }, now)).toEqual([secretOf(ID, 3)]);
  expect(secretsNow({ id: ID, secretNumber: 1, secretMadeAt: now }, now)).toEqual([secretOf(ID, 1)]);
});

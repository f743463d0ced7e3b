import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { AKISMET_KEY, AkismetServer } from '../../support/akismet-server';

// The settings of a process are read once, so the server is there before anything that reads them.
const server = await AkismetServer.start();
vi.stubEnv('AKISMET_KEY', AKISMET_KEY);
vi.stubEnv('AKISMET_URL', server.url);
const { akismetAsker, submitToAkismet, verifyAkismetKey } = await import('@/lib/moderation/akismet');

const BLOG = 'https://blog.example';
const fields = {
  user_ip: '192.0.2.1', user_agent: 'Netscape 4', referrer: '', permalink: `${BLOG}/posts/open`, comment_type: 'comment', comment_author: 'Ines & Co', comment_author_email: 'ines@example.com',
  comment_author_url: '', comment_content: 'Grüße = 100 % & more', comment_date_gmt: '2026-11-26T08:00:00.000Z',
} as const;
const SPAM = { ...fields, comment_author: 'viagra-test-123' };

let clock = 0;
let ask = akismetAsker(() => clock);
beforeEach(() => {
  server.reset();
  ask = akismetAsker(() => clock);
});
afterAll(() => server.stop());

test('it is asked in its own words, and its answer is believed', async () => {
  expect(await ask(BLOG, fields)).toEqual({ answer: 'ham', guid: 'guid-1' });
  expect(server.told('comment-check')).toEqual([{ ...fields, api_key: AKISMET_KEY, blog: BLOG, blog_charset: 'UTF-8' }]);
  expect(server.calls[0]?.userAgent).toMatch(/^Soapbox\/\S+$/);
  expect(await ask(BLOG, SPAM)).toMatchObject({ answer: 'spam' });
});

test.each([
  [500, 'Akismet answered with the status 500.'],
  [429, 'Akismet answered with the status 429.'],
  ['garbage', 'What answered does not speak as Akismet does.'],
  ['endless', 'What answered does not speak as Akismet does.'],
  ['redirect', 'Akismet answered with the status 307.'],
  ['half', 'Akismet could not be reached, or broke off.'],
  ['invalid', 'Akismet says that the key is not valid.'],
] as const)('“%s” is silence: %s', async (fails, failure) => {
  server.fails = fails;
  expect(await ask(BLOG, SPAM)).toEqual({ answer: 'silent', failure });
  expect(server.calls.map(({ call }) => call)).toEqual(['comment-check']);
});

test('who does not answer in time is silent, and so is who is not there', { timeout: 20_000 }, async () => {
  server.fails = 'slow';
  const begun = performance.now();
  expect(await ask(BLOG, SPAM)).toEqual({ answer: 'silent', failure: 'Akismet did not answer within 4 seconds.' });
  expect(performance.now() - begun).toBeGreaterThan(3_500);
  await server.stop();
  expect(await ask(BLOG, SPAM)).toEqual({ answer: 'silent', failure: 'Akismet could not be reached, or broke off.' });
  await server.listen();
});

test('after three failures in a row it is left alone for a minute, then asked again', async () => {
  server.fails = 500;
  for (let times = 0; times < 3; times += 1) await ask(BLOG, fields);
  server.fails = null;
  expect(await ask(BLOG, fields)).toMatchObject({ answer: 'silent' });
  clock += 59_999;
  expect(await ask(BLOG, fields)).toMatchObject({ answer: 'silent' });
  expect(server.calls).toHaveLength(3);
  clock += 1;
  expect(await ask(BLOG, fields)).toMatchObject({ answer: 'ham' });
});

test('failures that are not in a row stop nothing', async () => {
  for (const fails of [500, 500, null, 500, 500, null] as const) {
    server.fails = fails;
    await ask(BLOG, fields);
  }
  expect(server.calls).toHaveLength(6);
});

test('while many wait for an Akismet that is slow, only a few questions are under way, and nobody waits for the others', { timeout: 20_000 }, async () => {
  server.fails = 'slow';
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(BLOG, fields)));
  expect(answers.every(({ answer }) => answer === 'silent')).toBe(true);
  expect(server.calls).toHaveLength(8);
});

test('it says whether it takes the key', async () => {
  expect(await verifyAkismetKey(BLOG)).toEqual({ isValid: true, failure: '' });
  expect(server.told('verify-key')).toMatchObject([{ key: AKISMET_KEY, blog: BLOG }]);
  server.fails = 'invalid';
  expect(await verifyAkismetKey(BLOG)).toEqual({ isValid: false, failure: 'Akismet says that the key is not valid.' });
  server.fails = 500;
  expect(await verifyAkismetKey(BLOG)).toEqual({ isValid: null, failure: 'Akismet answered with the status 500.' });
});

test('a correction is taken when it is thanked for', async () => {
  expect(await submitToAkismet('ham', BLOG, { ...SPAM, comment_check_response: 'true', guid: 'g' })).toBeNull();
  expect(server.told('submit-ham')).toMatchObject([{ ...SPAM, comment_check_response: 'true', guid: 'g' }]);
  server.fails = 'garbage';
  expect(await submitToAkismet('spam', BLOG, { ...fields, comment_check_response: 'false' })).toBe('What answered does not speak as Akismet does.');
});

import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { listProviderStates, readLoginSettings } from '@/lib/identity/login-settings';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const at = new Date('2026-11-25T19:00:00Z');

test('how a provider did when it was last used is told; the link by e-mail is no provider', async () => {
  await db().providerState.createMany({ data: [{ way: 'google', lastWorkedAt: at }, { way: 'twitter', lastFailedAt: at, lastFailure: 'It was away.' }, { way: 'email', lastWorkedAt: at }] });
  expect(Object.fromEntries(await listProviderStates())).toEqual({
    google: { lastWorkedAt: at, lastFailedAt: null, lastFailure: '' },
    twitter: { lastWorkedAt: null, lastFailedAt: at, lastFailure: 'It was away.' },
  });
});

test('a blog without keys offers no provider, and says what is missing and where each would send people', async () => {
  const { providers, warning, deletionAddress, mail } = await readLoginSettings('https://blog.example');
  expect(providers.map(({ isOffered, missing, callback }) => [isOffered, missing, callback])).toEqual([
    [false, ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'], 'https://blog.example/api/auth/callback/google'],
    [false, ['AUTH_TWITTER_ID', 'AUTH_TWITTER_SECRET'], 'https://blog.example/api/auth/callback/twitter'],
    [false, ['AUTH_FACEBOOK_ID', 'AUTH_FACEBOOK_SECRET'], 'https://blog.example/api/auth/callback/facebook'],
  ]);
  expect([warning, deletionAddress, mail]).toEqual([null, 'https://blog.example/account/delete', { from: 'owner@example.com', isSent: false }]);
});

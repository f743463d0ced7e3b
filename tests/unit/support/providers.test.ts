import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROVIDERS, type Provider } from '../../../lib/identity/schema';
import { ProviderControl } from '../../support/provider-handle';
import { startProviders, type Providers } from '../../support/providers';
import type { Fault } from '../../support/provider-script';

const BLOG = 'http://localhost:3999';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let running: Providers;
beforeAll(async () => {
  running = await startProviders(BLOG);
});
afterAll(() => running.stop());

const controlOf = (way: Provider) => new ProviderControl(way, running.addresses[way]);
beforeEach(() => Promise.all(PROVIDERS.map((way) => controlOf(way).reset())));

const settingOf = (way: Provider, name: 'ID' | 'SECRET') => running.environment[`AUTH_${way.toUpperCase()}_${name}`]!;
const callbackOf = (way: Provider) => `${BLOG}/api/auth/callback/${way}`;

function askConsent(way: Provider, more: Record<string, string> = {}): Promise<Response> {
  const asked = { client_id: settingOf(way, 'ID'), redirect_uri: callbackOf(way), response_type: 'code', scope: 'openid', state: 'the-state', nonce: 'the-nonce', code_challenge: CHALLENGE, code_challenge_method: 'S256', ...more };
  return fetch(`${running.addresses[way]}/authorize?${new URLSearchParams(asked)}`);
}

/** Follows the link with these words on the consent page; gives what it leads back to the blog with. */
async function follow(way: Provider, words: string): Promise<URLSearchParams> {
  const html = await (await askConsent(way)).text();
  const href = new RegExp(`<a href="([^"]+)">${words}</a>`).exec(html)?.[1]?.replaceAll('&#38;', '&');
  const { headers } = await fetch(running.addresses[way] + href, { redirect: 'manual' });
  const back = new URL(headers.get('location')!);
  expect(back.origin + back.pathname).toBe(callbackOf(way));
  return back.searchParams;
}

async function redeem(way: Provider, code: string, { secret = settingOf(way, 'SECRET'), ...more }: Record<string, string> = {}) {
  const body = { grant_type: 'authorization_code', code, redirect_uri: callbackOf(way), code_verifier: VERIFIER, ...more };
  const answer = await fetch(`${running.addresses[way]}/token`, { method: 'POST', headers: { authorization: `Basic ${btoa(`${settingOf(way, 'ID')}:${secret}`)}` }, body: new URLSearchParams(body) });
  return { status: answer.status, ...(await answer.json()) as { access_token?: string; id_token?: string; error?: string } };
}

const names = { google: 'Ada Marsh', twitter: 'Tove Birch', facebook: 'Femi Oak' };

test.each(PROVIDERS)('%s: consent, code, token and who it is', async (way) => {
  const back = await follow(way, `Continue as ${names[way]}`);
  expect(back.get('state')).toBe('the-state');
  const { status, access_token, id_token } = await redeem(way, back.get('code')!);
  expect([status, id_token !== undefined]).toEqual([200, way === 'google']);
  const person = await (await fetch(`${running.addresses[way]}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })).json() as object;
  expect(JSON.stringify(person)).toContain(names[way]);
  expect(way === 'twitter' && JSON.stringify(person).includes('@')).toBe(false);
  const { token, userinfo } = await controlOf(way).received();
  expect([token, userinfo]).toEqual([[{ code: back.get('code')!.slice(0, 4), redirectUri: callbackOf(way), hasVerifier: true, clientAuthentication: 'basic', status: 200 }], 1]);
});

test.each(PROVIDERS)('%s: Cancel goes back with an error and the state', async (way) => {
  expect(Object.fromEntries(await follow(way, 'Cancel'))).toEqual({ error: 'access_denied', state: 'the-state' });
});

test('another callback than the registered one is not gone to', async () => {
  const answer = await askConsent('google', { redirect_uri: 'https://evil.example/api/auth/callback/google' });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('redirect_uri_mismatch')]);
});

describe('a token is refused', () => {
  test.each<[string, Record<string, string>]>([
    ['with another secret', { secret: 'guessed' }],
    ['with another verifier', { code_verifier: 'w'.repeat(43) }],
    ['for another callback', { redirect_uri: `${BLOG}/elsewhere` }],
    ['for a code that nobody was given', { code: 'guessed' }],
  ])('%s', async (_, more) => {
    const back = await follow('google', 'Continue as Ada Marsh');
    expect((await redeem('google', back.get('code')!, more)).status).toBeGreaterThanOrEqual(400);
  });

  test('at the second use of a code', async () => {
    const code = (await follow('twitter', 'Continue as Tove Birch')).get('code')!;
    expect([(await redeem('twitter', code)).status, (await redeem('twitter', code)).status]).toEqual([200, 400]);
  });
});

const idTokenOf = async (fault: Fault | null): Promise<string> => {
  if (fault) await controlOf('google').fails(fault);
  return (await redeem('google', (await follow('google', 'Continue as Ada Marsh')).get('code')!)).id_token!;
};

async function verdictOn(token: string): Promise<string> {
  const issuer = running.addresses.google;
  const { jwks_uri } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as { jwks_uri: string };
  try {
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer, audience: settingOf('google', 'ID') });
    return payload.nonce === 'the-nonce' ? 'good' : 'nonce';
  } catch (error) {
    return (error as { claim?: string; code: string }).claim ?? (error as { code: string }).code;
  }
}

test.each<[Fault | null, string]>([
  [null, 'good'], ['wrong-signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'], ['unsigned', 'ERR_JOSE_NOT_SUPPORTED'], ['expired', 'exp'],
  ['wrong-issuer', 'iss'], ['wrong-audience', 'aud'], ['wrong-nonce', 'nonce'], ['no-nonce', 'nonce'],
])('an id_token with the fault %s is wrong in that alone', async (fault, verdict) => {
  const token = await idTokenOf(fault);
  expect(await verdictOn(token)).toBe(verdict);
  expect(decodeJwt(token)).toMatchObject({ sub: 'google-100', email: 'ada.marsh@example.net', email_verified: true });
});

test('what is held answers when it is released', async () => {
  await controlOf('facebook').hold('token');
  const answered = follow('facebook', 'Continue as Femi Oak').then((back) => redeem('facebook', back.get('code')!));
  await expect.poll(async () => (await controlOf('facebook').received()).token.length).toBe(1);
  expect((await controlOf('facebook').received()).token[0]?.status).toBe(0);
  await controlOf('facebook').release();
  expect((await answered).status).toBe(200);
});

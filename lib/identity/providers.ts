import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { customFetch } from 'next-auth';
import Facebook from 'next-auth/providers/facebook';
import Google from 'next-auth/providers/google';
import Twitter from 'next-auth/providers/twitter';
import type { OAuthConfig, OIDCConfig } from 'next-auth/providers';
import { offeredProviders, providerSettings } from './offered';
import { object, readProfile, text, type Profile } from './profiles';
import type { Provider, Stated } from './schema';

const GOOGLE = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  keys: 'https://www.googleapis.com/oauth2/v3/certs',
};
const TWITTER = {
  authorize: 'https://x.com/i/oauth2/authorize',
  token: 'https://api.x.com/2/oauth2/token',
  userinfo: 'https://api.x.com/2/users/me?user.fields=profile_image_url',
};
const FACEBOOK = {
  authorize: 'https://www.facebook.com/v23.0/dialog/oauth',
  token: 'https://graph.facebook.com/v23.0/oauth/access_token',
  userinfo: 'https://graph.facebook.com/v23.0/me?fields=id,name,email,picture.width(320).height(320)',
};

const standIn = (issuer: string) => ({ authorize: `${issuer}/authorize`, token: `${issuer}/token`, userinfo: `${issuer}/userinfo` });

/** One sign-in under way: what NextAuth does not hand on between its steps. */
export type SignInUnderWay = {
  stated?: Stated;
  /** What an OpenID provider says beside its id_token, asked for where that says no address. */
  userinfo?: Profile;
  /** Why it came to nothing. */
  failure?: string;
};

/** For NextAuth: the id, and the address only where it is proven, since NextAuth finds people by it. */
const profileOf = (provider: Provider, underWay: SignInUnderWay) => (profile: Profile) => {
  const isSame = underWay.userinfo?.sub === profile.sub;
  const stated = readProfile[provider](isSame ? { ...underWay.userinfo, ...profile } : profile);
  underWay.stated = stated;
  return { id: stated.id, name: stated.name, email: stated.isEmailProven ? stated.email : null };
};

const keySets = new Map<string, Promise<JWTVerifyGetKey>>();

/** The keys that a server signs with: Google's known ones, or what the stand-in's discovery names. Asked for once. */
function keysOf(issuer: string | undefined): Promise<JWTVerifyGetKey> {
  const address = issuer ?? '';
  const known = keySets.get(address) ?? findKeys(issuer);
  keySets.set(address, known);
  known.catch(() => keySets.delete(address));
  return known;
}

async function findKeys(issuer: string | undefined): Promise<JWTVerifyGetKey> {
  if (!issuer) return createRemoteJWKSet(new URL(GOOGLE.keys));
  const answer = await askProvider(`${issuer}/.well-known/openid-configuration`);
  const keys = answer.ok ? text(object(await answer.json()).jwks_uri) : null;
  return createRemoteJWKSet(new URL(keys ?? `${issuer}/jwks`));
}

/** For answers of a provider that we wait for while a reader waits for us. */
const PATIENCE_MS = 10_000;

/** NextAuth leaves the signature of an id_token to TLS; here it is checked. It checks issuer, audience, nonce and expiry itself. */
async function checkSignature(response: Response, issuer: string | undefined, userinfo: string, underWay: SignInUnderWay): Promise<undefined> {
  const { id_token: token, access_token: access } = object(await response.json());
  if (typeof token !== 'string') return undefined;
  // Named, so that nobody signs by HMAC with what everybody knows.
  const { payload } = await jwtVerify(token, await keysOf(issuer), { algorithms: ['RS256'] });
  if (payload.email !== undefined || typeof access !== 'string') return undefined;
  const answer = await askProvider(userinfo, { headers: { authorization: `Bearer ${access}` } });
  if (answer.ok) underWay.userinfo = object(await answer.json());
  return undefined;
}

/** What is no OpenID provider is not believed by an id_token: the answer goes on without. */
async function withoutIdToken(response: Response): Promise<Response> {
  const answer = object(await response.json());
  delete answer.id_token;
  return Response.json(answer, { status: response.status });
}

/** Nobody waits for a provider that has gone quiet, and none sends us elsewhere: what it is asked with are secrets. */
const askProvider: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });

const common = { account: () => ({}), allowDangerousEmailAccountLinking: true, [customFetch]: askProvider };

async function askFacebook({ tokens, provider }: { tokens: { access_token?: string }; provider: { userinfo?: { url?: URL } } }): Promise<Profile> {
  const answer = await askProvider(provider.userinfo?.url ?? FACEBOOK.userinfo, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  return object(await answer.json());
}

type Settings = NonNullable<ReturnType<typeof providerSettings>>;

const configurations: Record<Provider, (settings: Settings, underWay: SignInUnderWay) => OAuthConfig<Profile> | OIDCConfig<Profile>> = {
  google: ({ id, secret, issuer }, underWay) => {
    const at = issuer ? standIn(issuer) : GOOGLE;
    const google = Google({
      ...common, clientId: id, clientSecret: secret, checks: ['pkce', 'state', 'nonce'],
      ...(issuer && { issuer }),
      authorization: { url: at.authorize, params: { scope: 'openid email profile' } },
      token: { url: at.token, conform: (response: Response) => checkSignature(response, issuer, at.userinfo, underWay) },
      userinfo: at.userinfo, profile: profileOf('google', underWay),
    });
    return google as unknown as OIDCConfig<Profile>;
  },
  twitter: ({ id, secret, issuer }, underWay) => {
    const at = issuer ? standIn(issuer) : TWITTER;
    const twitter = Twitter({
      ...common, clientId: id, clientSecret: secret, checks: ['pkce', 'state'],
      authorization: { url: at.authorize, params: { scope: 'users.read tweet.read' } },
      token: { url: at.token, conform: withoutIdToken },
      userinfo: at.userinfo, profile: profileOf('twitter', underWay),
    } as Parameters<typeof Twitter>[0]);
    return twitter as unknown as OAuthConfig<Profile>;
  },
  facebook: ({ id, secret, issuer }, underWay) => {
    const at = issuer ? standIn(issuer) : FACEBOOK;
    const facebook = Facebook({
      ...common, clientId: id, clientSecret: secret, checks: ['pkce', 'state'],
      authorization: { url: at.authorize, params: { scope: 'public_profile,email' } },
      token: { url: at.token, conform: withoutIdToken }, client: { token_endpoint_auth_method: 'client_secret_post' },
      userinfo: { url: at.userinfo, request: askFacebook }, profile: profileOf('facebook', underWay),
    } as Parameters<typeof Facebook>[0]);
    return facebook as unknown as OAuthConfig<Profile>;
  },
};

/**
 * NextAuth's configuration of every offered provider: state, PKCE and (Google) nonce checked, the signature too, no
 * token kept. Linking by address is allowed to NextAuth because it is only told of proven ones, and User.email holds no other.
 */
export const providerConfigurations = (underWay: SignInUnderWay) =>
  offeredProviders().flatMap((provider) => {
    const settings = providerSettings(provider);
    return settings ? [configurations[provider](settings, underWay)] : [];
  });

import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type net from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import sharp from 'sharp';
import { PROVIDERS, type Provider } from '../../lib/identity/schema';
import { consentPage, refusalPage } from './provider-pages';
import { SOMEBODY, type Controls, type ProviderPerson, type Received, type TokenRequest } from './provider-script';

const HOST = '127.0.0.1';
const CODE_SEEN = 4;
const { privateKey: strangersKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Application = { id: string; secret: string; /** The one address that it registered to be sent back to. */ callback: string };
type Grant = { person: ProviderPerson; redirectUri: string; isChallenged: boolean; isUsed: boolean };
type Page = { status: number; html: string };

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const honest = (way: Provider): Controls => ({ people: [SOMEBODY[way]], fault: null, cutsOpener: false, held: null, tokenDelayMs: 0 });
const nothing = (): Received => ({ authorize: [], token: [], userinfo: 0, spentMs: 0 });

/**
 * One provider: oauth2-mock-server, which makes the codes, checks PKCE and signs; before it what a real provider has
 * besides: consent, a registered callback, a secret, codes that work once, and the faults of provider-script.ts.
 */
class LoopbackProvider {
  private readonly service = new OAuth2Service(new OAuth2Issuer());
  private readonly server: Server = createServer((request, response) => void this.answer(request, response).catch((error: unknown) => response.destroy(error as Error)));
  private controls: Controls;
  private received = nothing();
  private readonly grants = new Map<string, Grant>();
  /** Whom an access token tells of. */
  private readonly persons = new Map<string, ProviderPerson>();
  private waiting: (() => void)[] = [];
  private lastCode = '';
  private picture = Buffer.alloc(0);

  constructor(private readonly way: Provider, private readonly application: Application) {
    this.controls = honest(way);
    this.service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }, request: IncomingMessage) => this.grant(url, paramsOf(request)));
    this.service.on('beforeTokenSigning', (token: Token, { body }: Asked) => this.tell(token, body.code));
    this.service.on('beforeResponse', (answer: TokenAnswer, { body }: Asked) => this.finish(answer, body.code));
    this.service.on('beforeUserinfo', (answer: TokenAnswer, request: IncomingMessage) => this.introduce(answer, request));
  }

  get address(): string {
    return `http://${HOST}:${(this.server.address() as net.AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.picture = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#3f7d6e' } }).png().toBuffer();
    await this.service.issuer.keys.generate('RS256');
    await new Promise<void>((resolve) => this.server.listen(0, HOST, resolve));
    this.service.issuer.url = this.address;
  }

  async stop(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.address);
    if (this.controls.cutsOpener) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    if (pathname === '/control') return this.control(request, response);
    if (pathname === '/picture.png') return void response.writeHead(200, { 'Content-Type': 'image/png' }).end(this.picture);
    if (pathname === '/authorize') return this.authorize(request, response);
    if (pathname === '/continue') return this.goOn(request, response);
    const begun = performance.now();
    response.once('close', () => (this.received.spentMs += performance.now() - begun));
    const moved = /^\/moved(\/.+)$/.exec(pathname)?.[1];
    if (moved) request.url = moved;
    else if (this.controls.fault === `${pathname.slice(1)}-moved`) return void response.writeHead(307, { Location: `/moved${pathname}` }).end();
    if ((moved ?? pathname) === '/token') return this.token(request, response);
    this.service.requestHandler(request, response);
  }

  private async control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT') Object.assign(this.controls, JSON.parse(await text(request)) as Partial<Controls>);
    if (request.method === 'DELETE') [this.controls, this.received] = [honest(this.way), nothing()];
    if (this.controls.held === null) this.release();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(this.received));
  }

  private release(): void {
    for (const goOn of this.waiting.splice(0)) goOn();
  }

  private untilReleased(what: Controls['held']): Promise<void> {
    return this.controls.held === what ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  /** The page on which somebody agrees, or does not. */
  private async authorize(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = paramsOf(request);
    this.received.authorize.push(Object.fromEntries(asked));
    await this.untilReleased('authorize');
    const { status, html } = this.pageFor(asked);
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  }

  private pageFor(asked: URLSearchParams): Page {
    if (asked.get('client_id') !== this.application.id) return { status: 400, html: refusalPage(this.way, 'invalid_client') };
    if (asked.get('redirect_uri') !== this.application.callback) return { status: 400, html: refusalPage(this.way, 'redirect_uri_mismatch') };
    if (asked.get('response_type') !== 'code') return { status: 400, html: refusalPage(this.way, 'unsupported_response_type') };
    return { status: 200, html: consentPage(this.way, this.controls.people, asked) };
  }

  /** Back to the blog: with a code, or with the provider's own error. */
  private goOn(request: IncomingMessage, response: ServerResponse): void {
    const asked = paramsOf(request);
    const error = this.controls.fault === 'error' ? 'server_error' : asked.get('sub') ? null : 'access_denied';
    if (error === null) {
      request.url = `/authorize?${asked}`;
      return this.service.requestHandler(request, response);
    }
    const back = new URL(this.application.callback);
    back.searchParams.set('error', error);
    const state = asked.get('state');
    if (state !== null) back.searchParams.set('state', state);
    response.writeHead(302, { Location: back.href }).end();
  }

  private grant(url: URL, asked: URLSearchParams): void {
    const code = url.searchParams.get('code') ?? '';
    const person = this.controls.people.find(({ sub }) => sub === asked.get('sub'));
    if (!person) return;
    this.grants.set(code, { person, redirectUri: asked.get('redirect_uri') ?? '', isChallenged: asked.has('code_challenge'), isUsed: false });
    const { fault } = this.controls;
    if (fault === 'wrong-state') url.searchParams.set('state', 'somebody-elses');
    if (fault === 'no-state') url.searchParams.delete('state');
    if (fault === 'no-code') url.searchParams.delete('code');
    if (fault === 'unknown-code') url.searchParams.set('code', 'never-given');
    if (fault === 'replayed-code') url.searchParams.set('code', this.lastCode);
    this.lastCode = code;
  }

  private async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Object.fromEntries(new URLSearchParams(await text(request)));
    const seen: TokenRequest = { code: (body.code ?? '').slice(0, CODE_SEEN), redirectUri: body.redirect_uri ?? '', hasVerifier: 'code_verifier' in body, clientAuthentication: authenticationOf(request, body), status: 0 };
    this.received.token.push(seen);
    response.once('finish', () => (seen.status = response.statusCode));
    await this.untilReleased('token');
    if (this.controls.tokenDelayMs > 0) await wait(this.controls.tokenDelayMs);
    if (this.controls.fault === 'token-hangs-up') return void response.destroy();
    if (this.controls.fault === 'token-down') return void response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>Back soon</h1>');
    if (this.controls.fault === 'token-garbled') return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"access_token":');
    const refusal = this.controls.fault === 'token-refuses' ? 'invalid_grant' : this.refusalOfToken(request, body);
    if (refusal) return void response.writeHead(refusal === 'invalid_client' ? 401 : 400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: refusal }));
    // Its parsers pass over a body that was read already.
    this.service.requestHandler(Object.assign(request, { body }), response);
  }

  /** What oauth2-mock-server does not ask: the secret, the same callback, a code's one use, and a verifier for every challenge. */
  private refusalOfToken(request: IncomingMessage, body: Record<string, string>): string | null {
    const { id, secret } = credentialsOf(request, body);
    if (id !== this.application.id || secret !== this.application.secret) return 'invalid_client';
    const grant = this.grants.get(body.code ?? '');
    if (!grant || grant.isUsed) return 'invalid_grant';
    grant.isUsed = true;
    return grant.redirectUri === body.redirect_uri && grant.isChallenged === 'code_verifier' in body ? null : 'invalid_grant';
  }

  /** What an id_token says; an access token says nothing that counts. */
  private tell({ payload }: Token, code = ''): void {
    const person = this.grants.get(code)?.person;
    if (!person || 'amr' in payload) return;
    Object.assign(payload, this.claimsOf(person));
    const now = Math.floor(Date.now() / 1_000);
    const { fault } = this.controls;
    if (fault === 'expired') Object.assign(payload, { iat: now - 7_200, exp: now - 3_600 });
    if (fault === 'wrong-issuer') payload.iss = 'https://accounts.elsewhere.example';
    if (fault === 'wrong-audience') payload.aud = 'another-application';
    if (fault === 'wrong-nonce') payload.nonce = 'of-another-sign-in';
    if (fault === 'no-nonce') delete payload.nonce;
  }

  private finish({ body }: TokenAnswer, code = ''): void {
    const person = this.grants.get(code)?.person;
    if (person && typeof body.access_token === 'string') this.persons.set(body.access_token, person);
    if (this.way !== 'google' || this.controls.fault === 'no-id-token') delete body.id_token;
    if (typeof body.id_token !== 'string') return;
    const [head = '', claims = ''] = body.id_token.split('.');
    if (this.controls.fault === 'wrong-signature') body.id_token = `${head}.${claims}.${sign('sha256', Buffer.from(`${head}.${claims}`), strangersKey).toString('base64url')}`;
    if (this.controls.fault === 'signed-by-public-key') body.id_token = this.signedByPublicKey(claims);
    if (this.controls.fault === 'unsigned') body.id_token = `${base64url({ alg: 'none', typ: 'JWT' })}.${claims}.`;
  }

  /** As somebody would sign who hopes that what everybody may read is taken for a secret. */
  private signedByPublicKey(claims: string): string {
    const [key] = this.service.issuer.keys.toJSON();
    if (!key) throw new Error('The provider has no key.');
    const said = `${base64url({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${claims}`;
    const pem = createPublicKey({ key: key as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return `${said}.${createHmac('sha256', pem).update(said).digest('base64url')}`;
  }

  private introduce(answer: TokenAnswer, request: IncomingMessage): void {
    this.received.userinfo += 1;
    const person = this.persons.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (!person) [answer.statusCode, answer.body] = [401, { error: 'invalid_token' }];
    else if (this.controls.fault === 'userinfo-down') [answer.statusCode, answer.body] = [503, { error: 'unavailable' }];
    else if (this.controls.fault === 'userinfo-garbled') answer.body = { greeting: 'Hello' };
    else answer.body = this.claimsOf(person);
  }

  /** A person as this provider tells of them: each has words of its own. */
  private claimsOf(person: ProviderPerson): Record<string, unknown> {
    const { sub, email, emailVerified } = person;
    const name = this.controls.fault === 'nameless' ? undefined : person.name;
    const picture = person.picture === undefined ? `${this.address}/picture.png` : (person.picture ?? undefined);
    switch (this.way) {
      case 'google': return { sub, name, picture, ...(email && { email, email_verified: emailVerified ?? false }) };
      case 'twitter': return { data: { id: sub, name, username: sub.replace(/\W/g, '_'), profile_image_url: picture } };
      case 'facebook': return { id: sub, name, ...(email && { email }), ...(picture && { picture: { data: { url: picture, is_silhouette: false, width: 50, height: 50 } } }) };
    }
  }
}

type Token = { header: Record<string, unknown>; payload: Record<string, unknown> };
type TokenAnswer = { body: Record<string, unknown>; statusCode: number };
type Asked = IncomingMessage & { body: { code?: string } };

const paramsOf = (request: IncomingMessage): URLSearchParams => new URL(request.url ?? '/', `http://${HOST}`).searchParams;

function credentialsOf({ headers }: IncomingMessage, body: Record<string, string>): { id: string | undefined; secret: string | undefined } {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return { id: body.client_id, secret: body.client_secret };
  const [id = '', secret = ''] = Buffer.from(value, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  return { id, secret };
}

function authenticationOf(request: IncomingMessage, body: Record<string, string>): TokenRequest['clientAuthentication'] {
  if (request.headers.authorization?.startsWith('Basic ')) return 'basic';
  return 'client_secret' in body ? 'post' : 'none';
}

export type Providers = {
  /** The base address of each. */
  addresses: Record<Provider, string>;
  /** The settings by which a blog offers them. */
  environment: Record<string, string>;
  stop: () => Promise<void>;
};

/** Starts a provider of each kind on the loopback, at which the blog at `blogUrl` is registered. */
export async function startProviders(blogUrl: string): Promise<Providers> {
  const started = await Promise.all(
    PROVIDERS.map(async (way) => {
      const application: Application = { id: `soapbox-at-${way}`, secret: `secret-of-soapbox-at-${way}`, callback: `${blogUrl}/api/auth/callback/${way}` };
      const provider = new LoopbackProvider(way, application);
      await provider.start();
      return { way, provider, application };
    }),
  );
  return {
    addresses: Object.fromEntries(started.map(({ way, provider }) => [way, provider.address])) as Record<Provider, string>,
    environment: Object.fromEntries(started.flatMap(({ way, provider, application }) => {
      const name = `AUTH_${way.toUpperCase()}`;
      return [[`${name}_ID`, application.id], [`${name}_SECRET`, application.secret], [`${name}_ISSUER`, provider.address]];
    })),
    stop: async () => {
      await Promise.all(started.map(({ provider }) => provider.stop()));
    },
  };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type AkismetCall = { call: string; fields: Record<string, string>; userAgent: string };

/** How it fails: with a status, with words of its own, far too many words, a redirect, half an answer, or not at all. */
export type Failing = 500 | 429 | 'garbage' | 'endless' | 'redirect' | 'half' | 'slow' | 'invalid';

export const AKISMET_KEY = 'abcdef123456';
const THANKS = 'Thanks for making the web a better place.';

/**
 * Speaks Akismet's protocol on the loopback: `verify-key`, `comment-check` (spam for the author `viagra-test-123` and the
 * address akismet-guaranteed-spam@example.com, as the real one), `submit-spam`, `submit-ham`. Keeps what it was told.
 */
export class AkismetServer {
  readonly calls: AkismetCall[] = [];
  fails: Failing | null = null;
  private server: Server | undefined;
  private port = 0;

  static async start(): Promise<AkismetServer> {
    const server = new AkismetServer();
    await server.listen();
    return server;
  }

  /** What AKISMET_URL is to be. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Begins, or begins again on the same port. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** What it was asked by one call, oldest first. */
  told(call: string): Record<string, string>[] {
    return this.calls.filter((one) => one.call === call).map(({ fields }) => fields);
  }

  reset(): void {
    this.calls.splice(0);
    this.fails = null;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = Object.fromEntries(new URLSearchParams(await text(request)));
    const call = /^\/1\.1\/([a-z-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    this.calls.push({ call, fields, userAgent: request.headers['user-agent'] ?? '' });
    if (request.method !== 'POST' || call === '') return void response.writeHead(404).end();
    if (this.fails !== null) return fail(this.fails, response);
    if ((fields.api_key ?? fields.key) !== AKISMET_KEY) {
      response.writeHead(200, { 'content-type': 'text/plain', 'x-akismet-debug-help': 'We were unable to parse your blog URI' }).end('invalid');
      return;
    }
    if (call === 'verify-key') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('valid');
    if (call === 'submit-spam' || call === 'submit-ham') return void response.writeHead(200, { 'content-type': 'text/plain' }).end(THANKS);
    const isSpam = fields.comment_author === 'viagra-test-123' || fields.comment_author_email === 'akismet-guaranteed-spam@example.com';
    response.writeHead(200, { 'content-type': 'text/plain', 'x-akismet-guid': `guid-${this.calls.length}`, ...(isSpam && { 'x-akismet-pro-tip': 'discard' }) }).end(String(isSpam));
  }
}

function fail(how: Failing, response: ServerResponse): void {
  if (how === 'slow') return;
  if (typeof how === 'number') response.writeHead(how).end('true');
  else if (how === 'redirect') response.writeHead(307, { location: '/1.1/elsewhere' }).end();
  else if (how === 'half') response.writeHead(200, { 'content-length': '4' }).write('tr', () => response.destroy());
  else response.writeHead(200).end({ garbage: '<html>true</html>', endless: 'true'.repeat(100_000), invalid: 'invalid' }[how]);
}

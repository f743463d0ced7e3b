import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import net from 'node:net';
import { afterAll } from 'vitest';
import { askHere } from '../../server/ask-next';
import { Changes } from '../../server/changes';
import type { GateRules } from '../../server/gate';
import { createFront, type Front } from '../../server/respond';
import { sendClientError } from '../../server/send';

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string };
export type Got = { status: number; headers: IncomingMessage['headers']; body: string };
type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: Buffer | string };

/** A server with the gate and the answers of production, and pages that a test writes itself. */
export class TestFront {
  readonly seen: Seen[] = [];
  page: (request: IncomingMessage, response: ServerResponse) => void | Promise<void> = (_request, response) => void response.setHeader('content-type', 'text/html').end('<!DOCTYPE html><html><body>a page</body></html>');
  /** What stands at `/missing` and `/broken`. */
  ownPages: Record<string, string> = {};
  private constructor(readonly server: Server, readonly port: number) {}

  static async open(rules: Partial<GateRules> = {}, more: Partial<Front> = {}): Promise<TestFront> {
    const site: GateRules = { siteUrl: undefined, port: 0, trustProxy: 0, development: false, ...rules };
    const front: Front = {
      ask: askHere((incoming, response) => opened.answer(incoming, response)),
      rules: site, freshness: { changes: new Changes(), isListening: true }, isDatabaseSteady: async () => true, isDatabaseAway: async () => false, whyNotReady: async () => null, ...more,
    };
    const handler = createFront(front);
    const server = createServer(handler).on('checkContinue', handler).on('clientError', sendClientError);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    site.port = port;
    const opened: TestFront = new TestFront(server, port);
    afterAll(() => void server.close().closeAllConnections());
    return opened;
  }

  send({ method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Got> {
    return new Promise((resolve, reject) => {
      const sending = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }));
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }

  /** Sends a GET, and gives the body as it came over the wire. */
  sendBinary(path: string, headers: Record<string, string>): Promise<{ headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, path, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks) }));
      }).on('error', reject).end();
    });
  }

  /** Sends bytes as they are: for what no client library would send. */
  sendRaw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => { answer += chunk.toString('utf8'); });
      socket.on('error', reject).on('close', () => resolve(answer));
    });
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
    this.seen.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') });
    const own = this.ownPages[incoming.url ?? ''];
    if (own !== undefined) response.setHeader('content-type', 'text/html').end(own);
    else await this.page(incoming, response);
  }
}

/** A multipart body of text fields, and the header that goes with it. */
export function multipartOf(fields: Record<string, string>): { headers: Record<string, string>; body: string } {
  const parts = Object.entries(fields).map(([name, value]) => `--limit\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return { headers: { 'content-type': 'multipart/form-data; boundary=limit' }, body: `${parts.join('')}--limit--\r\n` };
}

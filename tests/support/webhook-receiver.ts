import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = { id: string; body: string; headers: Record<string, string>; message: { type: string; timestamp: string; data: Record<string, unknown> } };

/** A program that is told by webhooks, on this machine: it keeps what came, and answers as it is told to. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  status = 204;
  headers: Record<string, string> = {};
  /** Before it answers. */
  beforeAnswering: () => Promise<void> = async () => undefined;
  private readonly server = http.createServer((request, response) => void this.take(request, response));

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/hook`;
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    this.received.push({ id: headers['webhook-id'] ?? '', body, headers, message: JSON.parse(body) as Received['message'] });
    await this.beforeAnswering();
    response.writeHead(this.status, this.headers).end();
  }

  /** Begins anew. */
  forget(): void {
    this.received.splice(0);
    this.status = 204;
    this.headers = {};
    this.beforeAnswering = async () => undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

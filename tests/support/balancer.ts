import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const ASK_MS = 500;
/** So many answers of `/readyz` in a row take a process out. */
const FALL = 2;

type Backend = { port: number; isUp: boolean; failures: number; agent: http.Agent };

/** As HAProxy with the configuration of docs/deploying.md: asks `/readyz`, keeps connections, and asks another process where one cannot be reached. */
export class Balancer {
  private readonly backends: Backend[] = [];
  private readonly server = http.createServer((request, response) => void this.pass(request, response));
  private turn = 0;
  private isClosed = false;

  private constructor() {}

  static async open(): Promise<Balancer> {
    const balancer = new Balancer();
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    void balancer.watch();
    return balancer;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  add(port: number): void {
    this.backends.push({ port, isUp: false, failures: 0, agent: new http.Agent({ keepAlive: true, maxSockets: 32 }) });
  }

  isUp(port: number): boolean {
    return this.backends.some((backend) => backend.port === port && backend.isUp);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { agent } of this.backends) agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async watch(): Promise<void> {
    for (; !this.isClosed; await pause(ASK_MS)) await Promise.all(this.backends.map((backend) => this.ask(backend)));
  }

  private async ask(backend: Backend): Promise<void> {
    const isReady = await fetch(`http://127.0.0.1:${backend.port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);
    backend.failures = isReady ? 0 : backend.failures + 1;
    if (isReady) backend.isUp = true;
    if (backend.failures >= FALL) backend.isUp = false;
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const up = this.backends.filter(({ isUp }) => isUp);
    for (let tries = 0; tries < up.length; tries += 1) {
      const backend = up[(this.turn += 1) % up.length]!;
      if (await this.passTo(backend, request, Buffer.concat(chunks), response)) return;
    }
    response.writeHead(502).end('No process could be reached.');
  }

  /** False where nothing was sent, for nobody was there: then another may be asked. What breaks off later is told. */
  private passTo({ port, agent }: Backend, { method, url, headers }: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      const asking = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent });
      asking.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== 'connection' && name !== 'keep-alive')));
        answer.pipe(response);
        answer.on('end', () => resolve(true)).on('error', () => { response.destroy(); resolve(true); });
      });
      asking.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return resolve(false);
        response.writeHead(502).end(`It broke off: ${error.code}`);
        resolve(true);
      });
      asking.end(body);
    });
  }
}

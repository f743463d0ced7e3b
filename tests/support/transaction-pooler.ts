import net from 'node:net';
import pg from 'pg';

// PostgreSQL's protocol, version 3 (https://www.postgresql.org/docs/current/protocol-message-formats.html).
const HEAD_BYTES = 5;
const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;
const READY = 'Z'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);

type Server = { socket: net.Socket; client: Client | null; rest: Buffer; transactions: number };
type Client = { socket: net.Socket; server: Server | null; isStarted: boolean; rest: Buffer; waiting: Buffer[] };

/** A message of the server's, by its letter and what it says. */
function message(letter: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(letter, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const WELCOME = Buffer.concat([
  message('R', int32(0)),
  ...[['server_version', '16.0'], ['server_encoding', 'UTF8'], ['client_encoding', 'UTF8'], ['DateStyle', 'ISO, MDY'], ['TimeZone', 'UTC'], ['integer_datetimes', 'on'], ['standard_conforming_strings', 'on']].map(([name = '', value = '']) => message('S', name, value)),
  message('K', int32(1), int32(1)),
  message('Z', Buffer.from('I')),
]);

/**
 * A pooler as PgBouncer is in transaction mode: whoever speaks is given some connection for one transaction, and the next
 * time perhaps another. What is kept in a session (LISTEN, SET, named statements, session locks) is lost or somebody else's.
 */
export class TransactionPooler {
  private readonly servers: Server[] = [];
  private readonly clients = new Set<Client>();
  private readonly queue: Client[] = [];
  private readonly listener = net.createServer((socket) => this.join(socket));
  private turn = 0;
  /** The most clients that were there at once. */
  clientsMost = 0;

  private constructor(private readonly target: URL) {}

  static async open(databaseUrl: string, connections: number): Promise<TransactionPooler> {
    const pooler = new TransactionPooler(new URL(databaseUrl));
    for (let count = 0; count < connections; count += 1) pooler.servers.push(await pooler.connect());
    await new Promise<void>((resolve) => pooler.listener.listen(0, '127.0.0.1', resolve));
    return pooler;
  }

  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.listener.address() as net.AddressInfo).port}`;
    return url.href;
  }

  /** How many transactions each connection has carried. */
  get transactions(): number[] {
    return this.servers.map(({ transactions }) => transactions);
  }

  async close(): Promise<void> {
    for (const { socket } of [...this.clients, ...this.servers]) socket.destroy();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  /** A connection that has said who it is; from then on its bytes are ours. */
  private async connect(): Promise<Server> {
    const client = new pg.Client({ connectionString: this.target.href });
    await client.connect();
    const { connection } = client as unknown as { connection: { stream: net.Socket } };
    const socket = connection.stream;
    socket.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error').removeAllListeners('close');
    const server: Server = { socket, client: null, rest: Buffer.alloc(0), transactions: 0 };
    socket.on('data', (chunk: Buffer) => this.hear(server, chunk)).on('error', () => socket.destroy()).resume();
    return server;
  }

  private join(socket: net.Socket): void {
    const client: Client = { socket, server: null, isStarted: false, rest: Buffer.alloc(0), waiting: [] };
    this.clients.add(client);
    this.clientsMost = Math.max(this.clientsMost, this.clients.size);
    socket.setNoDelay(true).on('data', (chunk: Buffer) => this.take(client, chunk)).on('error', () => socket.destroy()).on('close', () => this.clients.delete(client));
  }

  private take(client: Client, chunk: Buffer): void {
    if (!client.isStarted) return this.greet(client, chunk);
    // Said at the end, and to nobody else's connection.
    if (chunk[0] === TERMINATE && !client.server) return client.socket.destroy() as never;
    if (client.server) return void client.server.socket.write(chunk);
    client.waiting.push(chunk);
    if (!this.queue.includes(client)) this.queue.push(client);
    this.serve();
  }

  private greet(client: Client, chunk: Buffer): void {
    client.rest = Buffer.concat([client.rest, chunk]);
    if (client.rest.length < 8 || client.rest.length < client.rest.readInt32BE(0)) return;
    const code = client.rest.readInt32BE(4);
    client.rest = client.rest.subarray(client.rest.readInt32BE(0));
    if (code === SSL_REQUEST) return void client.socket.write('N');
    if (code === CANCEL_REQUEST) return client.socket.destroy() as never;
    client.isStarted = true;
    client.socket.write(WELCOME);
  }

  private serve(): void {
    for (;;) {
      const free = this.servers.filter((server) => server.client === null && !server.socket.destroyed);
      const client = free.length > 0 ? this.queue.shift() : undefined;
      if (!client) return;
      // Each time another one, as far as there is.
      const server = free[(this.turn += 1) % free.length]!;
      server.client = client;
      client.server = server;
      server.transactions += 1;
      for (const chunk of client.waiting.splice(0)) server.socket.write(chunk);
    }
  }

  private hear(server: Server, chunk: Buffer): void {
    server.rest = Buffer.concat([server.rest, chunk]);
    while (server.rest.length >= HEAD_BYTES) {
      const end = 1 + server.rest.readInt32BE(1);
      if (server.rest.length < end) return;
      const one = server.rest.subarray(0, end);
      server.rest = server.rest.subarray(end);
      server.client?.socket.write(one);
      if (one[0] === READY && one[HEAD_BYTES] === IDLE && server.client) {
        server.client.server = null;
        server.client = null;
        this.serve();
      }
    }
  }
}

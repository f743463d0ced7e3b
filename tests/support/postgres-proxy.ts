import net from 'node:net';

type Held = { words: string; caught: () => void; released: Promise<void> };

// PostgreSQL's protocol, version 3: each message is a letter, its length in four bytes (themselves included), and its text.
const HEAD_BYTES = 5;
const NOTIFICATION = 'A'.charCodeAt(0);

/** A way to PostgreSQL on which a test can refuse connections, lose notices, and hold back an answer. */
export class PostgresProxy {
  private readonly sockets = new Map<net.Socket, net.Socket>();
  private readonly listener = net.createServer((client) => this.join(client));
  private isRefusing = false;
  private held: Held | null = null;
  /** Whether notices of LISTEN are lost on the way. */
  losesNotices = false;

  private constructor(private readonly target: URL) {}

  static async open(databaseUrl: string): Promise<PostgresProxy> {
    const proxy = new PostgresProxy(new URL(databaseUrl));
    await new Promise<void>((resolve) => proxy.listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The address of the database through here. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.listener.address() as net.AddressInfo).port}`;
    return url.href;
  }

  /** By which ports PostgreSQL knows the connections that are open (pg_stat_activity.client_port). */
  get ports(): number[] {
    return [...this.sockets.values()].flatMap(({ localPort }) => (localPort === undefined ? [] : [localPort]));
  }

  /** From now on no new connection comes through; what is open stays. */
  refuse(): void {
    this.isRefusing = true;
  }

  admit(): void {
    this.isRefusing = false;
  }

  /** Holds back the next answer that has these words, and what follows it on its connection. `caught` resolves once it is there. */
  holdNext(words: string): { caught: Promise<void>; release: () => void } {
    let release!: () => void;
    let caught!: () => void;
    const released = new Promise<void>((resolve) => { release = resolve; });
    const isCaught = new Promise<void>((resolve) => { caught = resolve; });
    this.held = { words, caught, released };
    return { caught: isCaught, release };
  }

  async close(): Promise<void> {
    for (const [client, server] of this.sockets) for (const socket of [client, server]) socket.destroy();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private join(client: net.Socket): void {
    if (this.isRefusing) return void client.destroy();
    const server = net.connect(Number(this.target.port), this.target.hostname);
    this.sockets.set(client, server);
    const end = () => {
      this.sockets.delete(client);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', end).on('close', end);
    client.pipe(server);
    let held: Promise<void> | null = null;
    let rest: Buffer = Buffer.alloc(0);
    server.on('data', (chunk) => {
      const [messages, begun] = split(Buffer.concat([rest, chunk]));
      rest = begun;
      for (const message of messages) {
        if (this.losesNotices && message[0] === NOTIFICATION) continue;
        if (this.catches(message)) held = this.letGo().then(() => { held = null; });
        if (held) void held.then(() => client.write(message));
        else client.write(message);
      }
    });
  }

  private catches(message: Buffer): boolean {
    return this.held !== null && message.includes(this.held.words);
  }

  private letGo(): Promise<void> {
    const { held } = this;
    this.held = null;
    held?.caught();
    return held?.released ?? Promise.resolve();
  }
}

/** Whole messages, and the beginning of the next. */
function split(bytes: Buffer): [Buffer[], Buffer] {
  const messages: Buffer[] = [];
  let from = 0;
  while (bytes.length >= from + HEAD_BYTES) {
    const end = from + 1 + bytes.readUInt32BE(from + 1);
    if (bytes.length < end) break;
    messages.push(bytes.subarray(from, end));
    from = end;
  }
  return [messages, bytes.subarray(from)];
}

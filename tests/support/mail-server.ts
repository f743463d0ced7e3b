import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** `isSafe`: it came over TLS. */
export type ReceivedMail = { from: string; to: string[]; isSafe: boolean; parsed: ParsedMail };

type Tls = { key: string; cert: string };

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

/** A real mail server on the loopback: keeps what it takes, and can be told to refuse, or to be silent. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** How it answers a recipient or a mail, instead of taking it: an SMTP code and words. */
  refuses: { recipient?: [number, string]; mail?: [number, string] } = {};
  /** Called before a mail is taken: a test can hold it up. */
  beforeTaking: () => Promise<void> = async () => undefined;
  /** Called when it has been taken, and its sender does not know it yet. */
  afterTaking: () => Promise<void> = async () => undefined;
  private server: SMTPServer | undefined;
  /** Names and senders that were said to it, by whomever. */
  readonly heard: string[] = [];
  port = 0;

  private constructor(private readonly tls: Tls | undefined) {}

  /** With `tls` it offers STARTTLS, by this certificate. */
  static async start({ tls }: { tls?: Tls } = {}): Promise<MailServer> {
    const server = new MailServer(tls);
    await server.listen();
    return server;
  }

  /** What SMTP_URL is to be. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Begins, or begins again on the same port. */
  async listen(): Promise<void> {
    this.server = new SMTPServer(this.options());
    // Of a client that breaks its connection off.
    this.server.on('error', () => undefined);
    const listening = once(this.server.server, 'listening');
    this.server.listen(this.port, '127.0.0.1');
    await listening;
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(resolve) : resolve()));
  }

  private options(): SMTPServerOptions {
    return {
      authOptional: true,
      ...(this.tls ?? { disabledCommands: ['STARTTLS'] }),
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, callback) => { this.heard.push(username ?? ''); callback(null, { user: username }); },
      onMailFrom: ({ address }, _session, callback) => { this.heard.push(address); callback(); },
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onRcptTo: (_address, _session, callback) => callback(this.refuses.recipient && refusal(...this.refuses.recipient)),
      onData: (stream, session, callback) => void this.take(stream, session).then(() => callback(), (error: Error) => callback(error)),
    };
  }

  private async take(stream: SMTPServerDataStream, { secure, envelope: { mailFrom, rcptTo } }: SMTPServerSession): Promise<void> {
    const parsed = await simpleParser(stream);
    await this.beforeTaking();
    if (this.refuses.mail) throw refusal(...this.refuses.mail);
    this.received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), isSafe: secure, parsed });
    await this.afterTaking();
  }
}

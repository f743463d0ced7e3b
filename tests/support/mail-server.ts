import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type ReceivedMail = { from: string; to: string[]; raw: string; parsed: ParsedMail };

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

/** A real mail server on the loopback: keeps what it takes, and can be told to refuse. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** How it answers a recipient or a mail, instead of taking it: an SMTP code and words. */
  refuses: { recipient?: [number, string]; mail?: [number, string] } = {};
  /** Called before a mail is taken: a test can hold it up. */
  beforeTaking: () => Promise<void> = async () => undefined;
  private server: SMTPServer;

  private constructor(private readonly port: number) {
    this.server = new SMTPServer(this.options());
  }

  /** Begins, on any free port unless one is given. */
  static async start(port = 0): Promise<MailServer> {
    const server = new MailServer(port);
    await server.listen();
    return server;
  }

  /** What SMTP_URL is to be. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private async listen(): Promise<void> {
    const listening = once(this.server.server, 'listening');
    this.server.listen(this.port, '127.0.0.1');
    await listening;
  }

  private options(): SMTPServerOptions {
    return {
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onRcptTo: (_address, _session, callback) => callback(this.refuses.recipient && refusal(...this.refuses.recipient)),
      onData: (stream, { envelope }, callback) => {
        const take = async () => {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          await this.beforeTaking();
          if (this.refuses.mail) throw refusal(...this.refuses.mail);
          const raw = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = envelope;
          this.received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw: raw.toString('utf8'), parsed: await simpleParser(raw) });
        };
        take().then(() => callback(), (error: Error) => callback(error));
      },
    };
  }
}

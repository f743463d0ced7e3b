import { once } from 'node:events';
import net from 'node:net';

/** Where in a conversation (RFC 5321) a server fails: when it is called, at a command, in the middle of the words, or when it has all of them. */
export const STEPS = ['call', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'words', 'end'] as const;
export type Step = (typeof STEPS)[number];
export type Fault = 'silent' | 'cut';

const ANSWERS: Record<string, string> = { EHLO: '250 mail.example', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on' };

/** A mail server that goes so far and then says nothing more, or breaks the connection. It takes no mail. */
export class FaultyMailServer {
  /** How often it was called. */
  calls = 0;
  private readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer((socket) => this.talk(socket));

  constructor(private readonly step: Step, private readonly fault: Fault) {}

  async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private talk(socket: net.Socket): void {
    this.calls += 1;
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    const failsAt = (step: string): boolean => {
      if (step !== this.step) return false;
      if (this.fault === 'cut') socket.destroy();
      return true;
    };
    if (failsAt('call')) return;
    socket.write('220 mail.example\r\n');
    let [said, inWords] = ['', false];
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (inWords) return void (failsAt('words') || (said.endsWith('\r\n.\r\n') && failsAt('end')));
      const command = said.slice(0, 4).toUpperCase();
      if (!said.endsWith('\r\n') || failsAt(command)) return;
      [said, inWords] = ['', command === 'DATA'];
      socket.write(`${ANSWERS[command] ?? '221 bye'}\r\n`);
    });
  }
}

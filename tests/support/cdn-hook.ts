import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address for setting CDN: notes every purge, as the tags that it names. */
export class CdnHook {
  readonly purges: string[][] = [];
  private readonly server = createServer((request, response) => {
    this.purges.push(String(request.headers['surrogate-key']).split(' '));
    request.resume().on('end', () => response.end());
  });

  static async open(): Promise<CdnHook> {
    const hook = new CdnHook();
    await new Promise<void>((resolve) => hook.server.listen(0, '127.0.0.1', resolve));
    return hook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

import http from 'node:http';

/** An answer as it came: `raw` are the headers in order, name after name and value. `ms` from sending to the last byte. */
export type Asked = { status: number; headers: http.IncomingHttpHeaders; raw: string[]; body: Buffer; sentAt: number; ms: number };

export type Question = { method?: string; headers?: Record<string, string>; body?: Buffer };

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One request on a kept connection; nothing is unpacked, no redirect followed. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const sentAt = performance.timeOrigin + performance.now();
    const request = http.request(url, { agent, method, headers: { ...headers, ...(body && { 'content-length': String(body.length) }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.timeOrigin + performance.now() - sentAt;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, raw: response.rawHeaders, body: Buffer.concat(chunks), sentAt, ms });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Closes the kept connections. */
export const closeConnections = (): void => agent.destroy();

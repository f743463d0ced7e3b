import S3rver from '@20minutes/s3rver';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import type { S3Settings } from '@/lib/media/s3-store';
import { temporaryFolder } from './sample-files';

export const BUCKET = 'kept';

/** Answers in place of the storage where it gives true. */
export type Between = (request: IncomingMessage, response: ServerResponse) => boolean;

export type S3Server = { settings: S3Settings; requests: string[]; between: (answer: Between | null) => void };

/** A server that speaks S3, behind one that writes down what is asked and may fail; both end with the file's tests. */
export async function s3Server(prefix = ''): Promise<S3Server> {
  const storage = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: temporaryFolder('s3'), configureBuckets: [{ name: BUCKET }] });
  const { port } = await storage.run();
  const requests: string[] = [];
  let answer: Between | null = null;
  const front = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (answer?.(request, response)) return;
    // Its own host, for it is signed.
    const asked = http.request({ host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers }, (given) => {
      response.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(response);
    });
    asked.on('error', () => response.destroy());
    request.on('error', () => asked.destroy());
    request.pipe(asked);
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  afterAll(async () => {
    front.closeAllConnections();
    front.close();
    await storage.close();
  });
  const endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  // Its one account.
  const settings = { endpoint, region: 'us-east-1', bucket: BUCKET, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', prefix, forcePathStyle: true };
  return { settings, requests, between: (by) => { answer = by; } };
}

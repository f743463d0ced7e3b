import busboy from 'busboy';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What one request may send. Next's own limit stands above it. */
export const BODY_LIMIT_BYTES = 1024 * 1024;
/** What they may send who are known and have something long to send: a hundred thousand phrases as people write them, or a book of a post. */
export const LONG_BODY_LIMIT_BYTES = 4 * BODY_LIMIT_BYTES;
const MAX_PARTS = 500;

/** Reads a body whole, or stops counting at the first byte over the limit, or where the client goes away. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'too-large' | 'cut-off'> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return 'too-large';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) return void chunks.push(chunk);
      request.off('data', take);
      request.pause();
      resolve('too-large');
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => resolve('cut-off'));
    request.once('close', () => resolve('cut-off'));
  });
}

/** The text fields of a multipart body in order, or null when it does not parse as Next would parse it. */
export async function parseMultipart(headers: IncomingHttpHeaders, body: Buffer): Promise<[string, string][] | null> {
  try {
    await parseStrictly(headers, body);
    // Next reads a plain form through fetch's parser and a script's through busboy: it has to please both.
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
    return [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  } catch {
    return null;
  }
}

async function parseStrictly(headers: IncomingHttpHeaders, body: Buffer): Promise<void> {
  const parser = busboy({ headers: { ...headers, 'content-type': headers['content-type'] ?? '' }, defParamCharset: 'utf8', limits: { fieldSize: body.length, parts: MAX_PARTS } });
  parser.on('file', (_name, file) => file.on('error', () => undefined).resume());
  const overflow = new Promise<never>((_resolve, reject) => parser.once('partsLimit', () => reject(new Error('Too many parts.'))));
  await Promise.race([pipeline(Readable.from([body]), parser), overflow]);
}

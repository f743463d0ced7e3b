import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isCompressible } from './encoding';

/** Above this an answer is not collected any further but sent as it comes. */
const HELD_LIMIT_BYTES = 8 * 1024 * 1024;

export type Hooks = {
  /** Called once, when the head of an answer that is not collected is about to be sent. */
  beforeHead: () => void;
  /** Called once with the whole body of a collected answer; sends it. The head can still be changed. */
  finish: (body: Buffer) => Promise<void>;
};

type Methods = Pick<ServerResponse, 'writeHead' | 'write' | 'end' | 'flushHeaders'>;

/**
 * Lets whoever answers through `response` believe that it is sent, while text is collected, so that status, headers
 * and body can still be changed together. Files and streams pass through.
 */
export function holdAnswer(response: ServerResponse, hooks: Hooks): void {
  const own: Partial<Methods> = response;
  let chunks: Buffer[] | undefined;
  let size = 0;

  const release = () => {
    for (const name of ['writeHead', 'write', 'end', 'flushHeaders'] as const) delete own[name];
  };
  const passOn = () => {
    release();
    hooks.beforeHead();
    for (const chunk of chunks ?? []) response.write(chunk);
  };
  const collects = () => {
    if (chunks) return true;
    if (!isHeldType(response)) return false;
    chunks = [];
    return true;
  };
  const collect = (chunk: unknown, encoding: unknown) => {
    const bytes = toBuffer(chunk, encoding);
    size += bytes.length;
    chunks?.push(bytes);
  };

  own.writeHead = ((status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined)[]) => {
    response.statusCode = status;
    setHeaders(response, rest.find((part) => typeof part === 'object'));
    return response;
  }) as ServerResponse['writeHead'];
  own.flushHeaders = () => {
    if (collects()) return;
    passOn();
    response.flushHeaders();
  };
  own.write = ((chunk: unknown, encoding?: unknown, done?: unknown) => {
    if (!collects()) {
      passOn();
      return response.write(chunk as string, encoding as BufferEncoding, done as () => void);
    }
    collect(chunk, encoding);
    const callback = [encoding, done].find((part) => typeof part === 'function') as (() => void) | undefined;
    if (callback) process.nextTick(callback);
    if (size > HELD_LIMIT_BYTES) passOn();
    return true;
  }) as ServerResponse['write'];
  own.end = ((chunk?: unknown, encoding?: unknown, done?: unknown) => {
    if (!collects()) {
      passOn();
      return response.end(chunk as string, encoding as BufferEncoding, done as () => void);
    }
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') collect(chunk, encoding);
    const callback = [chunk, encoding, done].find((part) => typeof part === 'function') as (() => void) | undefined;
    if (callback) response.once('finish', callback);
    release();
    void hooks.finish(Buffer.concat(chunks ?? [])).catch((error: unknown) => response.destroy(error as Error));
    return response;
  }) as ServerResponse['end'];
}

function isHeldType(response: ServerResponse): boolean {
  const type = response.getHeader('content-type');
  const isPartial = response.statusCode === 206 || response.statusCode === 304;
  return !isPartial && !response.hasHeader('content-encoding') && (type === undefined || isCompressible(String(type)));
}

const toBuffer = (chunk: unknown, encoding: unknown): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8') : Buffer.from(chunk as Uint8Array);

function setHeaders(response: ServerResponse, headers: string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined): void {
  const pairs = Array.isArray(headers) ? pairwise(headers) : Object.entries(headers ?? {});
  for (const [name, value] of pairs) if (value !== undefined) response.setHeader(String(name), value as string | string[]);
}

function pairwise(list: OutgoingHttpHeader[]): [string, OutgoingHttpHeader][] {
  return list.flatMap((name, index) => (index % 2 === 0 ? [[String(name), list[index + 1] ?? ''] as [string, OutgoingHttpHeader]] : []));
}

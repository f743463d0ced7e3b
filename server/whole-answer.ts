import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encode, ENCODINGS, type Encoding, isCompressible, negotiateEncoding } from './encoding';

/** Names and values in turn, as `writeHead` takes them fastest. */
type Head = string[];
type Variant = { body: Buffer; head: Head; etag: string | null; head304: Head };

export type Header = readonly [name: string, value: string];

// What a 304 has to repeat (RFC 9110, 15.4.5); all else stands with the copy that the browser has.
const IN_304 = ['cache-control', 'vary'];
const OF_THE_BODY = /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|date|etag)$/;

/** An answer as a value: status, headers and body, with each of its encodings made once. */
export class WholeAnswer {
  private readonly headers: Header[];
  private readonly variants = new Map<Encoding, Variant>();
  private readonly validator: string | null;
  private readonly isCompressed: boolean;
  private readonly encoded: typeof encode;

  /** `validated`: carries a strong ETag, one for each encoding (RFC 9110, 8.8.3). `encoded`: what encodes it, where that was done before. */
  constructor(readonly status: number, headers: Iterable<Header>, readonly body: Buffer, { validated, encoded = encode }: { validated: boolean; encoded?: typeof encode }) {
    this.encoded = encoded;
    const own = [...headers].filter(([name]) => !OF_THE_BODY.test(name));
    this.isCompressed = isCompressible(own.find(([name]) => name === 'content-type')?.[1] ?? '');
    this.headers = varying(own, this.isCompressed);
    this.validator = validated ? createHash('sha256').update(body).digest('base64url').slice(0, 27) : null;
  }

  header(name: string): string | undefined {
    return this.headers.find(([candidate]) => candidate === name)?.[1];
  }

  /** What is held in memory once every encoding is made, in bytes. */
  get bytes(): number {
    const heads = this.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    const bodies = new Set([this.body, ...[...this.variants.values()].map(({ body }) => body)]);
    return [...bodies].reduce((sum, { length }) => sum + length, heads * ENCODINGS.length);
  }

  /** Makes every encoding, so that sending is only sending. */
  async prepare(): Promise<this> {
    await Promise.all(ENCODINGS.map((encoding) => this.make(encoding)));
    return this;
  }

  /** Sends it, with more headers where wished, as this client takes it; 304 to one who has it (RFC 9110, 13.1.2). Node sends no body for HEAD. */
  async send(request: IncomingMessage, response: ServerResponse, more?: readonly Header[]): Promise<void> {
    const wanted = this.encodingFor(request);
    if (!this.variants.has(wanted)) await this.make(wanted);
    this.sendPrepared(request, response, more);
  }

  /** The same at once, after `prepare`. */
  sendPrepared(request: IncomingMessage, response: ServerResponse, more?: readonly Header[]): void {
    const variant = this.variants.get(this.encodingFor(request));
    if (!variant) throw new Error('This answer was not prepared.');
    this.sendAs(variant, request.headers['if-none-match'], response, more);
  }

  private encodingFor({ headers }: IncomingMessage): Encoding {
    return this.isCompressed ? negotiateEncoding(headers['accept-encoding'] as string | undefined) : 'identity';
  }

  private sendAs({ body, head, etag, head304 }: Variant, ifNoneMatch: string | undefined, response: ServerResponse, more?: readonly Header[]): void {
    if (etag !== null && ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) {
      begin(response, 304, more ? [...head304, ...more.flat()] : head304).end();
      return;
    }
    begin(response, this.status, more ? [...head, ...more.flat()] : head).end(body);
  }

  private async make(wanted: Encoding): Promise<Variant> {
    const { body, encoding } = await this.encoded(this.body, wanted);
    const etag = this.validator && `"${this.validator}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    const own: Header[] = [
      ...(etag ? [['etag', etag] as const] : []),
      ...(encoding === 'identity' ? [] : [['content-encoding', encoding] as const]),
      ['content-length', String(body.length)],
    ];
    const head304 = [...this.headers.filter(([name]) => IN_304.includes(name)), ...(etag ? [['etag', etag] as const] : [])].flat();
    const variant = { body, head: [...this.headers, ...own].flat(), etag, head304 };
    this.variants.set(wanted, variant);
    return variant;
  }
}

/**
 * Sends the head. Where a header was set before (the request's id; that the connection ends), Node would set these one by
 * one, and of two cookies the second would take the place of the first: so they are added.
 */
function begin(response: ServerResponse, status: number, head: Head): ServerResponse {
  if (response.getHeaderNames().length === 0) return response.writeHead(status, head);
  for (let at = 0; at < head.length; at += 2) response.appendHeader(head[at]!, head[at + 1]!);
  return response.writeHead(status);
}

/** Says that it differs by encoding, where it does; not by what only Next's router asks for, which no reader sends. */
function varying(headers: Header[], isCompressed: boolean): Header[] {
  const named = headers.find(([name]) => name === 'vary')?.[1].split(',').map((name) => name.trim()) ?? [];
  const vary = new Set([...named.filter((name) => name && !/^(rsc|next-.*)$/i.test(name)), ...(isCompressed ? ['Accept-Encoding'] : [])]);
  const others = headers.filter(([name]) => name !== 'vary');
  return vary.size > 0 ? [...others, ['vary', [...vary].join(', ')]] : others;
}

/** Whether an If-None-Match header names this ETag, compared weakly as it has to be (RFC 9110, 13.1.2). */
export const matches = (header: string, etag: string): boolean =>
  header === etag || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag || candidate.trim() === '*');

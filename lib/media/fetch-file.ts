import type { LookupFunction } from 'node:net';
import { fail, ok, type Failure, type Result } from '../result';
import type { Wanted } from '../text/own-media';
import { t } from '../words/t';
import { z } from '../zod';
import type { FileFacts } from './file-kinds';
import { guardedFetch, refusalOf, type Fetched, type FetchRules } from './guarded-fetch';
import { COPY_IDLE_MS, COPY_REDIRECTS_MAX, FILE_COPY_MS, KEPT_FILE_MAX_BYTES, KEPT_PICTURE_MAX_BYTES, PICTURE_COPY_MS } from './schema';
import { keepFile, type KeptFile } from './store';

/** Copying cannot go on at all: the disk is full, or the archive cannot be read. Carries the sentence. */
export class CopyingEnded extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export type FileFrom = { trustedOrigin: string | null; resolve?: LookupFunction; signal?: AbortSignal };

const noPicture = () => fail('invalid', t('media.fetching.noPicture'));
const noPreview = () => fail('not-found', t('media.fetching.noPreview'));
const noAnswer = () => fail('invalid', t('media.fetching.namesNoPreview'));
const ANSWER_MAX_BYTES = 64 * 1024;
const oembedSchema = z.object({ thumbnail_url: z.string().max(2_000) });

/** What is wanted of a file besides that it is kept at all. */
const refusalTo = (kind: Wanted['kind']) => ({ type, width, height }: FileFacts): Failure | null => {
  if (kind !== 'file' && type.kind !== 'image') return noPicture();
  // What YouTube shows in place of a picture that it does not have.
  return kind === 'preview' && width === 120 && height === 90 ? noPreview() : null;
};

const rulesFor = (kind: Wanted['kind'], from: FileFrom): FetchRules => ({
  ...from,
  // Old sites speak http; what comes is looked at whatever says so.
  protocols: ['https:', 'http:'],
  headers: { accept: kind === 'file' ? '*/*' : 'image/avif,image/webp,image/*,*/*;q=0.8' },
  redirectsMax: COPY_REDIRECTS_MAX,
  maxBytes: kind === 'file' ? KEPT_FILE_MAX_BYTES : KEPT_PICTURE_MAX_BYTES,
  wholeMs: kind === 'file' ? FILE_COPY_MS : PICTURE_COPY_MS,
  idleMs: COPY_IDLE_MS,
});

/**
 * Keeps what a stream brings, as this kind of thing. Refusals as `keepFile`, `invalid` also for a picture that is none.
 * @throws CopyingEnded where the disk takes no more; what the stream throws
 */
export async function keepWanted(bytes: AsyncIterable<Uint8Array>, kind: Wanted['kind']): Promise<Result<KeptFile>> {
  const kept = await keepFile(bytes, { refusalTo: refusalTo(kind) });
  if (!kept.ok && kept.code === 'unavailable') throw new CopyingEnded(kept);
  return kept;
}

/**
 * Fetches a file and keeps it, through the one guard. A preview address that answers with JSON (oEmbed, as Vimeo's) is
 * followed to the picture it names. Refusals: those of `guardedFetch` and `keepWanted`.
 * @throws CopyingEnded where the disk takes no more
 */
export async function fetchFile(address: string, kind: Wanted['kind'], from: FileFrom): Promise<Result<KeptFile>> {
  const fetched = await guardedFetch(address, rulesFor(kind, from));
  if (!fetched.ok) return fetched;
  if (kind === 'preview' && fetched.value.type === 'application/json') return fetchNamed(fetched.value, from);
  return keepFetched(fetched.value, kind);
}

async function keepFetched({ body, close }: Fetched, kind: Wanted['kind']): Promise<Result<KeptFile>> {
  return keepWanted(body, kind).catch(refusalUnlessEnded).finally(close);
}

function refusalUnlessEnded(error: unknown): Failure {
  if (error instanceof CopyingEnded) throw error;
  return refusalOf(error);
}

async function fetchNamed(answer: Fetched, from: FileFrom): Promise<Result<KeptFile>> {
  const named = await readNamed(answer.body).catch(refusalOf).finally(answer.close);
  if (!named.ok) return named;
  // A stranger's answer does not lead into our own network.
  const trustedOrigin = answer.isTrusted ? from.trustedOrigin : null;
  const fetched = await guardedFetch(named.value, rulesFor('preview', { ...from, trustedOrigin }));
  return fetched.ok ? keepFetched(fetched.value, 'preview') : fetched;
}

async function readNamed(body: AsyncIterable<Buffer>): Promise<Result<string>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > ANSWER_MAX_BYTES) return noAnswer();
    chunks.push(chunk);
  }
  const read = oembedSchema.safeParse(parsed(Buffer.concat(chunks).toString('utf8')));
  return read.success ? ok(read.data.thumbnail_url) : noAnswer();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

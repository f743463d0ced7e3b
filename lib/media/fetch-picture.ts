import type { LookupFunction } from 'node:net';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { guardedFetch, refusalOf, type FetchRules } from './guarded-fetch';
import { PICTURE_FETCH_MS, PICTURE_MAX_BYTES, PICTURE_REDIRECTS_MAX, PICTURE_SOURCE_MAX_CHARACTERS } from './schema';
import { smallPicture, type SmallPicture } from './small-picture';

const forbidden = () => fail('forbidden', t('media.fetching.onlyHttps'));
const noPicture = () => fail('invalid', t('media.fetching.saysNoPicture'));
const RULES = {
  protocols: ['https:'],
  headers: { accept: 'image/webp,image/*;q=0.8' },
  redirectsMax: PICTURE_REDIRECTS_MAX,
  maxBytes: PICTURE_MAX_BYTES,
  wholeMs: PICTURE_FETCH_MS,
  idleMs: PICTURE_FETCH_MS,
} as const satisfies Partial<FetchRules>;

/**
 * Fetches a stranger's picture and makes it small, through the one guard: by https alone, with at most three redirects;
 * `trustedOrigin` alone is asked as it is, by http too, and only first. Reads at most five megabytes, in ten seconds.
 * `forbidden`: an address that is not asked; `not-found`; `too-large`; `invalid`: no picture; `unavailable`: later it may be there.
 */
export async function fetchPicture(source: string, trustedOrigin: string | null, resolve?: LookupFunction): Promise<Result<SmallPicture>> {
  if (source.length > PICTURE_SOURCE_MAX_CHARACTERS) return forbidden();
  const fetched = await guardedFetch(source, { ...RULES, trustedOrigin, ...(resolve && { resolve }) });
  if (!fetched.ok) return fetched;
  const { type, body, close } = fetched.value;
  const bytes = await (type.startsWith('image/') ? read(body).catch(refusalOf) : noPicture());
  close();
  return bytes.ok ? smallPicture(bytes.value) : bytes;
}

async function read(body: AsyncIterable<Buffer>): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return ok(Buffer.concat(chunks));
}

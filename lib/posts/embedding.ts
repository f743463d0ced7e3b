import type { LookupFunction } from 'node:net';
import { hasPosts } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { CopyingEnded, fetchFile } from '../media/fetch-file';
import { blogSql, keepAndNote } from '../media/keeping';
import { nameOfAddress } from '../media/rules';
import type { UploadedMedia } from '../media/schema';
import { sourceAddress } from '../media/source-address';
import { findSources, type KnownAsset } from '../media/sources';
import { countOne, type Limit } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { playerOf } from '../text/players';
import { postHtml } from '../text/post-html';
import type { OwnMedia, Wanted } from '../text/own-media';
import type { SafeHtml } from '../text/safe-html';
import { t } from '../words/t';
import { isTooLong, tooLong } from './post-form';
import { postTextOf } from './post-text';

/** Of what one person brings here from other sites while writing. */
const FETCH_LIMIT: Limit = { name: 'fetch-for-post', most: 300, seconds: 600 };

/** A writer waits for it. */
const EDITOR_FETCH_MS = 20_000;

const notThere = (): Failure => fail('not-found', t('posts.embedding.notThere'));
const noAddress = (): Failure => fail('invalid', t('posts.embedding.noPicture'));

/** Who asks the network instead of DNS, and the one origin inside our own: for tests. */
export type FetchedFrom = { trustedOrigin?: string; resolve?: LookupFunction };

const uploadedOf = ({ id, media: { path, kind, width, height } }: KnownAsset, name: string, alt = ''): UploadedMedia => ({ id, path, kind, width, height, name, alt });

/** The file at exactly this address: as it is kept already, else fetched through the guard and kept. */
async function keptFrom(uploadedById: string, address: string, kind: Wanted['kind'], { trustedOrigin, resolve }: FetchedFrom): Promise<Result<KnownAsset>> {
  const key = sourceAddress(address);
  if (key === null) return noAddress();
  const known = (await findSources(blogSql.run, [key])).get(key)?.asset;
  if (known) return ok(known);
  const signal = AbortSignal.timeout(EDITOR_FETCH_MS);
  const keep = () => fetchFile(address, kind, { trustedOrigin: trustedOrigin ?? null, signal, ...(resolve && { resolve }) });
  return keepAndNote(blogSql, keep, { name: nameOfAddress(address), uploadedById }, [key]).catch(refusalOfDisk);
}

function refusalOfDisk(error: unknown): Failure {
  if (error instanceof CopyingEnded) return error.failure;
  throw error;
}

/** `too-many` beyond FETCH_LIMIT. */
async function refusalToFetch(actor: Person): Promise<Failure | null> {
  const { retryAfterSeconds } = await countOne(FETCH_LIMIT, actor.userId);
  return retryAfterSeconds === null ? null : { ...fail('too-many', t('posts.embedding.tooMany')), retryAfterSeconds };
}

/**
 * The figure of a video of YouTube or Vimeo by its address, with its preview picture where that can be had; it is fetched
 * once and kept. Idempotent. Refusals: `invalid` for any other address, `not-found`, `too-many`.
 */
export async function embedVideo(actor: Actor, address: string, from: FetchedFrom = {}): Promise<Result<SafeHtml>> {
  if (!hasPosts(actor)) return notThere();
  const refusal = await refusalToFetch(actor);
  if (refusal) return refusal;
  const player = playerOf(address);
  if (!player) return fail('invalid', t('posts.embedding.noVideo'));
  let preview: OwnMedia | null = null;
  for (const place of player.previews) {
    const kept = await keptFrom(actor.userId, place, 'preview', from);
    if (!kept.ok) continue;
    preview = kept.value.media;
    break;
  }
  const { html } = postHtml(player.watch, { media: (asked) => (player.previews.includes(asked) ? preview : null) });
  return ok(html);
}

/**
 * A picture of another site, fetched through the guard and kept here. Idempotent: what is kept is not asked for again.
 * Refusals: those of `fetchFile`, `invalid` also for what is no address of the web, `not-found`, `too-many`.
 */
export async function copyPicture(actor: Actor, address: string, from: FetchedFrom = {}): Promise<Result<UploadedMedia>> {
  if (!hasPosts(actor)) return notThere();
  const refusal = await refusalToFetch(actor);
  if (refusal) return refusal;
  const kept = await keptFrom(actor.userId, address, 'picture', from);
  if (!kept.ok) return kept;
  return kept.value.media.kind === 'image' ? ok(uploadedOf(kept.value, nameOfAddress(address))) : noAddress();
}

/**
 * Any HTML (or WordPress's blocks) as it would be saved, for the editor to open. Pictures that were brought here before
 * stand in it. Writes nothing, fetches nothing. Refusals: `not-found` for whoever has no posts, `too-large`.
 */
export async function cleanForEditor(actor: Actor, source: string): Promise<Result<SafeHtml>> {
  if (!hasPosts(actor)) return notThere();
  if (isTooLong(source)) return fail('too-large', tooLong());
  return ok((await postTextOf(source)).html);
}

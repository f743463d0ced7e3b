import { SaxesParser } from 'saxes';
import { t } from '../words/t';
import { StoreFailed } from './media-store';

export type Listing = { files: { key: string; bytes: number }[]; next: string | null };

const LISTING_MAX_BYTES = 16 * 1024 * 1024;

/** Reads the answer of ListObjectsV2 (Amazon S3 API Reference). @throws StoreFailed where it is none */
export async function readListing(bytes: AsyncIterable<Buffer>): Promise<Listing> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LISTING_MAX_BYTES) break;
    chunks.push(chunk);
  }
  try {
    return parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new StoreFailed(t('media.storage.listsOtherwise'), { cause: error });
  }
}

function parse(xml: string): Listing {
  const parser = new SaxesParser();
  const listing: Listing = { files: [], next: null };
  let [text, key, isMore, isListing] = ['', '', false, false];
  parser.on('opentag', ({ name }) => {
    text = '';
    isListing ||= name === 'ListBucketResult';
  });
  parser.on('text', (more) => { text += more; });
  parser.on('closetag', ({ name }) => {
    if (name === 'Key') key = text;
    else if (name === 'Size') listing.files.push({ key, bytes: Number(text) });
    else if (name === 'IsTruncated') isMore = text === 'true';
    else if (name === 'NextContinuationToken') listing.next = text;
    text = '';
  });
  parser.on('error', (error) => { throw error; });
  parser.write(xml).close();
  if (!isListing) throw new Error('No listing.');
  return isMore ? listing : { ...listing, next: null };
}

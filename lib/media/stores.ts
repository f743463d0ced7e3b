import path from 'node:path';
import { env, type Env } from '../env';
import { diskStore } from './disk-store';
import type { MediaStore } from './media-store';
import { s3Store, type S3Settings } from './s3-store';

/** The bucket of the settings; null where there is none, and files lie on disk. */
function bucketOf({ S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey, ...env }: Env): S3Settings | null {
  if (!bucket || !accessKeyId || !secretAccessKey) return null;
  const { S3_ENDPOINT, S3_REGION: region = 'us-east-1', S3_PREFIX: prefix = '', S3_FORCE_PATH_STYLE } = env;
  // Few servers but Amazon's own have a host's name for every bucket.
  const forcePathStyle = S3_FORCE_PATH_STYLE === undefined ? S3_ENDPOINT !== undefined : S3_FORCE_PATH_STYLE === '1';
  return { endpoint: S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`, region, bucket, accessKeyId, secretAccessKey, prefix, forcePathStyle };
}

let opened: MediaStore | undefined;

/** Where kept files lie, by the settings: a bucket where S3_BUCKET is set, else the folder `media` of DATA_DIR. */
export function mediaStore(): MediaStore {
  if (opened) return opened;
  const settings = env();
  const bucket = bucketOf(settings);
  return (opened = bucket ? s3Store(bucket) : diskStore(path.resolve(settings.DATA_DIR, 'media')));
}

/** Whether kept files lie on this machine's disk. */
export const isOnDisk = (): boolean => bucketOf(env()) === null;

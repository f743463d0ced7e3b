import type { Sharp, SharpOptions } from 'sharp';

export type ReadPicture = (picture: Buffer | string, options: SharpOptions) => Sharp;

// The readers of libvips that are let in. It has more, for SVG and PDF among others, and they are not for strangers' bytes.
// This holds for all of the process: whoever reads files with sharp here lets their reader in too.
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].flatMap((name) => [`VipsForeignLoad${name}Buffer`, `VipsForeignLoad${name}File`]);

let loading: Promise<ReadPicture> | undefined;

async function load(): Promise<ReadPicture> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
  return (picture, options) => sharp(picture, { failOn: 'error', sequentialRead: true, ...options });
}

/** The one way to sharp: of strangers' bytes or the path of a file. Loaded at the first picture: a process that reads none does not carry it. */
export const loadReadPicture = (): Promise<ReadPicture> => (loading ??= load());

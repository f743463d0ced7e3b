'use server';

import { currentActor } from '@/lib/identity/session';
import type { UploadedMedia } from '@/lib/media/schema';
import { cleanForEditor, copyPicture, embedVideo } from '@/lib/posts/embedding';

// Anyone may call these with anything.
const text = (sent: unknown): string => (typeof sent === 'string' ? sent : '');

/** Makes any HTML safe, as it is when it is saved. Throws where that is refused: the editor then stays as it is. */
export async function cleanAction(html: unknown): Promise<string> {
  const made = await cleanForEditor(await currentActor(), text(html));
  if (!made.ok) throw new Error(made.message);
  return made.value;
}

/** The figure of a video by its address; null for any other address. */
export async function embedAction(address: unknown): Promise<string | null> {
  const made = await embedVideo(await currentActor(), text(address));
  return made.ok ? made.value : null;
}

/** A picture of another site, brought here; null where it cannot be had. */
export async function copyPictureAction(address: unknown): Promise<UploadedMedia | null> {
  const made = await copyPicture(await currentActor(), text(address));
  return made.ok ? made.value : null;
}

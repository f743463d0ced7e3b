import { FileText, Film, Music } from 'lucide-react';
import type { LibraryMedia } from '@/lib/media/schema';

const ICONS = { image: FileText, video: Film, audio: Music, file: FileText };

/** What stands for a file in a grid: a small picture, else what kind of thing it is and its name. */
export function MediaTile({ media: { thumb, kind, name, alt, width, height } }: { media: LibraryMedia }) {
  const Icon = ICONS[kind];
  if (thumb !== null) return <img className="media-thumb" src={thumb} alt={alt || name} width={width ?? undefined} height={height ?? undefined} loading="lazy" decoding="async" />;
  return <span className="media-thumb media-thumb--file"><Icon aria-hidden="true" /><span>{name || 'A file without a name'}</span></span>;
}

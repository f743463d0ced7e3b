import { FileText, Film, Image, Music } from 'lucide-react';
import type { LibraryMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';

const ICONS = { image: Image, video: Film, audio: Music, file: FileText };

type Props = {
  media: LibraryMedia;
  /** Its name stands beside it. */
  isNamed?: boolean;
};

/** What stands for a file in a grid: a small picture, else what kind of thing it is. */
export function MediaTile({ media: { thumb, kind, name, alt, width, height }, isNamed = false }: Props) {
  const Icon = ICONS[kind];
  if (thumb !== null) return <img className="media-thumb" src={thumb} alt={isNamed ? '' : alt || name} width={width ?? undefined} height={height ?? undefined} loading="lazy" decoding="async" />;
  return <span className="media-thumb media-thumb--file"><Icon aria-hidden="true" />{!isNamed && <span>{name || t('media.library.unnamed')}</span>}</span>;
}

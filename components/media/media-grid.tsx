import type { LibraryMedia } from '@/lib/media/schema';
import { sizeText } from '@/lib/size-text';
import { t } from '@/lib/words/t';
import { MediaTile } from './media-tile';
import { mediaOnePath, nameOf } from './media-words';

type Props = { media: LibraryMedia[]; label: string; language: string };

/** Files of the library in squares, each leading to what is known of it. */
export function MediaGrid({ media, label, language }: Props) {
  return (
    <ul className="media-grid" aria-label={label}>
      {media.map((one) => (
        <li key={one.id}>
          <a className="media-line" href={mediaOnePath(one.id)}>
            <span className="media-choice"><MediaTile media={one} isNamed /></span>
            <span className="media-name">{nameOf(one)}</span>
            <span className={one.kind === 'image' && one.alt === '' ? 'media-facts media-facts--wanted' : 'media-facts'}>{one.kind === 'image' && one.alt === '' ? t('media.library.notDescribed') : sizeText(one.bytes, language)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

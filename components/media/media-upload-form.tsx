'use client';

import { useState } from 'react';
import type { LibraryMedia, UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { MediaGrid } from './media-grid';
import { UploadField } from './upload-field';
import { UploadList } from './upload-list';
import { useUploads } from './use-uploads';
import type { uploadMedia } from './upload-media';

/** What came just now, as a line of the library; the rest is read with the next page. */
const lineOf = (media: UploadedMedia, file: { size: number }): LibraryMedia => ({ ...media, thumb: media.kind === 'image' ? media.path : null, bytes: file.size, mimeType: '', createdAt: '' });

/** Takes files into the library, and shows those that have come. */
export function MediaUploadForm({ language, upload }: { language: string; upload?: typeof uploadMedia }) {
  const [come, setCome] = useState<LibraryMedia[]>([]);
  const { uploads, add, tryAgain, remove } = useUploads((media, file) => setCome((before) => [lineOf(media, file), ...before.filter(({ id }) => id !== media.id)]), upload);
  return (
    <>
      <UploadField onFiles={add} />
      <UploadList uploads={uploads} onAgain={tryAgain} onRemove={remove} />
      <p className="sr-only" role="status">{come[0] ? t('media.upload.come', { name: come[0].name }) : ''}</p>
      {come.length > 0 && (
        <section className="media-section" aria-labelledby="media-come">
          <h2 className="media-heading" id="media-come">{t('media.upload.justUploaded')}</h2>
          <MediaGrid media={come} label={t('media.upload.justUploaded')} language={language} />
        </section>
      )}
    </>
  );
}

import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import type { Upload } from './use-uploads';

type Props = { uploads: Upload[]; onAgain: (upload: Upload) => void; onRemove: (upload: Upload) => void };

const percent = (part: number): number => Math.floor(part * 100);

/** The files that are on their way, and those that did not come. */
export function UploadList({ uploads, onAgain, onRemove }: Props) {
  if (uploads.length === 0) return null;
  return (
    <ul className="upload-list" aria-label={t('media.upload.list')}>
      {uploads.map((upload) => (
        <li key={upload.key} className={upload.refusal === null ? 'upload' : 'upload upload--refused'}>
          <span className="upload-name">{upload.file.name}</span>
          {upload.refusal === null ? (
            <>
              <progress className="upload-bar" aria-label={t('media.upload.of', { name: upload.file.name })} value={upload.part} max={1} />
              <span className="upload-part">{upload.part < 1 ? `${percent(upload.part)} %` : t('media.upload.beingKept')}</span>
            </>
          ) : (
            <p className="upload-refusal" role="alert">{upload.refusal}</p>
          )}
          <span className="upload-acts">
            {upload.refusal !== null && !upload.isLasting && <Button quiet type="button" onClick={() => onAgain(upload)} aria-label={t('media.upload.tryAgainNamed', { name: upload.file.name })}>{t('media.upload.tryAgain')}</Button>}
            <Button quiet type="button" onClick={() => onRemove(upload)} aria-label={upload.refusal === null ? t('media.upload.cancelNamed', { name: upload.file.name }) : t('media.upload.removeNamed', { name: upload.file.name })}>{upload.refusal === null ? t('media.upload.cancel') : t('media.upload.remove')}</Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

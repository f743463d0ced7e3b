import { Button } from '@/components/ui/button';
import type { Upload } from './use-uploads';

type Props = { uploads: Upload[]; onAgain: (upload: Upload) => void; onRemove: (upload: Upload) => void };

const percent = (part: number): number => Math.floor(part * 100);

/** The files that are on their way, and those that did not come. */
export function UploadList({ uploads, onAgain, onRemove }: Props) {
  if (uploads.length === 0) return null;
  return (
    <ul className="upload-list" aria-label="Uploads">
      {uploads.map((upload) => (
        <li key={upload.key} className={upload.refusal === null ? 'upload' : 'upload upload--refused'}>
          <span className="upload-name">{upload.file.name}</span>
          {upload.refusal === null ? (
            <>
              <progress className="upload-bar" aria-label={`Upload of ${upload.file.name}`} value={upload.part} max={1} />
              <span className="upload-part">{upload.part < 1 ? `${percent(upload.part)} %` : 'Being kept…'}</span>
            </>
          ) : (
            <p className="upload-refusal" role="alert">{upload.refusal}</p>
          )}
          <span className="upload-acts">
            {upload.refusal !== null && !upload.isLasting && <Button quiet type="button" onClick={() => onAgain(upload)} aria-label={`Try again: ${upload.file.name}`}>Try again</Button>}
            <Button quiet type="button" onClick={() => onRemove(upload)} aria-label={`${upload.refusal === null ? 'Cancel' : 'Remove from this list'}: ${upload.file.name}`}>{upload.refusal === null ? 'Cancel' : 'Remove'}</Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

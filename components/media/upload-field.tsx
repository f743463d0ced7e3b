import { useRef, useState, type DragEvent } from 'react';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Props = { onFiles: (files: File[]) => void; label?: string; accept?: string };

/** Where files are dropped, or chosen by a button. */
export function UploadField({ onFiles, label = t('media.upload.button'), accept }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  };
  return (
    <div
      className={isOver ? 'upload-field upload-field--over' : 'upload-field'}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}
    >
      <input
        ref={field} className="upload-input" type="file" multiple hidden accept={accept} aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // So that the same file can be chosen again.
          target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button type="button" onClick={() => field.current?.click()}>{label}</Button>
      <p className="field-hint">{t('media.upload.hint')}</p>
    </div>
  );
}

import { useState } from 'react';
import { MediaPicker } from '@/components/media/media-picker';
import type { UploadedMedia } from '@/lib/media/schema';
import type { ChosenPicture } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

type Props = {
  name: string;
  label: string;
  /** What it means that none is chosen. */
  none: string;
  /** What the dialog says in which one is chosen. */
  choosing: string;
  shape: 'round' | 'square';
  chosen: ChosenPicture | null;
  /** What was sent with a refused form. */
  entered: Record<string, string> | null;
  error: string | undefined;
};

/** A picture of the blog's media, chosen or taken away; saved with its form. */
export function PictureChoice({ name, label, none, choosing, shape, chosen, entered, error }: Props) {
  const [picture, setPicture] = useState(() => (entered ? pictureEntered(entered, name) : chosen));
  const [isOpen, setOpen] = useState(false);
  const choose = ({ id, path, alt }: UploadedMedia) => {
    setPicture({ id, path, alt });
    setOpen(false);
  };
  return (
    <div className={error ? 'field field--wrong' : 'field'} role="group" aria-label={label} aria-describedby={error && `${name}-error`}>
      <span>{label}</span>
      <input type="hidden" name={name} value={picture?.id ?? ''} />
      <input type="hidden" name={`${name}Path`} value={picture?.path ?? ''} />
      <div className="picture-choice">
        {picture ? <img className={`picture-choice-shown picture-choice-shown--${shape}`} src={picture.path} alt={picture.alt || t('site.picture.chosen')} width={96} height={96} /> : <p className="field-hint">{none}</p>}
        <div className="picture-choice-acts">
          <Button type="button" quiet onClick={() => setOpen(true)}>{picture ? t('site.picture.another') : t('site.picture.choose')}</Button>
          {picture && <Button type="button" quiet onClick={() => setPicture(null)}>{t('site.picture.takeAway')}</Button>}
        </div>
      </div>
      <MediaPicker open={isOpen} onClose={() => setOpen(false)} onChoose={choose} kinds={['image']} title={choosing} />
      {error && <p className="field-error" id={`${name}-error`}>{error}</p>}
    </div>
  );
}

function pictureEntered(entered: Record<string, string>, name: string): ChosenPicture | null {
  const [id, path] = [entered[name], entered[`${name}Path`]];
  return id && path ? { id, path, alt: '' } : null;
}

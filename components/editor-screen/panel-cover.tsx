'use client';

import { useState } from 'react';
import { MediaPicker } from '@/components/media/media-picker';
import { Button } from '@/components/ui/button';
import type { UploadedMedia } from '@/lib/media/schema';
import { ALT_MAX_CHARACTERS, type PostFields } from '@/lib/posts/post-form';
import { t } from '@/lib/words/t';
import { Written } from './written';

export type Cover = NonNullable<PostFields['cover']>;
/** Where a picture of the library is shown, by its id. */
export type CoverPaths = Readonly<Record<string, string>>;

type Props = {
  cover: Cover | null;
  /** Where it is shown; undefined where that is not known. */
  path: string | undefined;
  onChange: (cover: Cover | null) => void;
  onChosen: (media: UploadedMedia) => void;
};

const MIDDLE = 50;

/** The picture above the text: what it shows, and which point of it stays in sight when it is cut. */
export function PanelCover({ cover, path, onChange, onChosen }: Props) {
  const [isChoosing, setChoosing] = useState(false);
  const choose = (media: UploadedMedia) => {
    setChoosing(false);
    onChosen(media);
    onChange({ assetId: media.id, alt: media.alt, focusX: MIDDLE, focusY: MIDDLE });
  };
  return (
    <>
      {cover && (
        <>
          {path && <FocusPicture path={path} cover={cover} onChange={onChange} />}
          <Written id="cover-alt" label={t('editor.cover.alt')} hint={t('editor.cover.altHint')}>
            {(tied) => <textarea {...tied} rows={2} maxLength={ALT_MAX_CHARACTERS} value={cover.alt} onChange={({ target }) => onChange({ ...cover, alt: target.value })} />}
          </Written>
        </>
      )}
      {!cover && <p className="field-hint">{t('editor.cover.none')}</p>}
      <div className="panel-acts">
        <Button quiet type="button" onClick={() => setChoosing(true)}>{cover ? t('editor.cover.chooseAnother') : t('editor.cover.choose')}</Button>
        {cover && <Button quiet type="button" onClick={() => onChange(null)}>{t('editor.cover.remove')}</Button>}
      </div>
      <MediaPicker open={isChoosing} onClose={() => setChoosing(false)} onChoose={choose} kinds={['image']} title={t('editor.cover.chooseCover')} />
    </>
  );
}

const percentOf = (at: number, from: number, length: number): number => Math.round(Math.min(1, Math.max(0, (at - from) / Math.max(1, length))) * 100);

/** The picture with the point that stays in sight: set by a click, or by its two sliders. */
function FocusPicture({ path, cover, onChange }: { path: string; cover: Cover; onChange: (cover: Cover) => void }) {
  return (
    <div className="cover-focus" role="group" aria-label={t('editor.cover.focus')}>
      <div
        className="cover-picture"
        onClick={({ clientX, clientY, currentTarget }) => {
          const { left, top, width, height } = currentTarget.getBoundingClientRect();
          onChange({ ...cover, focusX: percentOf(clientX, left, width), focusY: percentOf(clientY, top, height) });
        }}
      >
        <img src={path} alt={cover.alt} />
        <span className="cover-point" style={{ insetInlineStart: `${cover.focusX}%`, insetBlockStart: `${cover.focusY}%` }} />
      </div>
      <p className="field-hint">{t('editor.cover.focusHint')}</p>
      <Slide id="cover-x" label={t('editor.cover.fromLeft')} value={cover.focusX} onChange={(focusX) => onChange({ ...cover, focusX })} />
      <Slide id="cover-y" label={t('editor.cover.fromTop')} value={cover.focusY} onChange={(focusY) => onChange({ ...cover, focusY })} />
    </div>
  );
}

function Slide({ id, label, value, onChange }: { id: string; label: string; value: number; onChange: (value: number) => void }) {
  return (
    <div className="cover-slide">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="range" min={0} max={100} value={value} aria-valuetext={t('editor.cover.percent', { value })} onChange={({ target }) => onChange(Number(target.value))} />
      <output htmlFor={id}>{value} %</output>
    </div>
  );
}

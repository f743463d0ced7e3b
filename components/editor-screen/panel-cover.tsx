'use client';

import { useState } from 'react';
import { MediaPicker } from '@/components/media/media-picker';
import { Button } from '@/components/ui/button';
import type { UploadedMedia } from '@/lib/media/schema';
import { ALT_MAX_CHARACTERS, type PostFields } from '@/lib/posts/post-form';
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
          <Written id="cover-alt" label="What the picture shows" hint="For readers who do not see it. Leave it empty where it is only decoration.">
            {(tied) => <textarea {...tied} rows={2} maxLength={ALT_MAX_CHARACTERS} value={cover.alt} onChange={({ target }) => onChange({ ...cover, alt: target.value })} />}
          </Written>
        </>
      )}
      {!cover && <p className="field-hint">A picture above the text.</p>}
      <div className="panel-acts">
        <Button quiet type="button" onClick={() => setChoosing(true)}>{cover ? 'Choose another' : 'Choose a picture'}</Button>
        {cover && <Button quiet type="button" onClick={() => onChange(null)}>Remove the picture</Button>}
      </div>
      <MediaPicker open={isChoosing} onClose={() => setChoosing(false)} onChoose={choose} kinds={['image']} title="Choose the cover picture" />
    </>
  );
}

const percentOf = (at: number, from: number, length: number): number => Math.round(Math.min(1, Math.max(0, (at - from) / Math.max(1, length))) * 100);

/** The picture with the point that stays in sight: set by a click, or by its two sliders. */
function FocusPicture({ path, cover, onChange }: { path: string; cover: Cover; onChange: (cover: Cover) => void }) {
  return (
    <div className="cover-focus" role="group" aria-label="What stays in sight when the picture is cut">
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
      <p className="field-hint">Click what must stay in sight when the picture is cut, or move the sliders.</p>
      <Slide id="cover-x" label="From the left" value={cover.focusX} onChange={(focusX) => onChange({ ...cover, focusX })} />
      <Slide id="cover-y" label="From the top" value={cover.focusY} onChange={(focusY) => onChange({ ...cover, focusY })} />
    </div>
  );
}

function Slide({ id, label, value, onChange }: { id: string; label: string; value: number; onChange: (value: number) => void }) {
  return (
    <div className="cover-slide">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="range" min={0} max={100} value={value} aria-valuetext={`${value} percent`} onChange={({ target }) => onChange(Number(target.value))} />
      <output htmlFor={id}>{value} %</output>
    </div>
  );
}

'use client';

import { PALETTES, type Palette } from '@/lib/site/palettes';
import type { SettingsView } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { PictureChoice } from './picture-choice';
import { SectionForm, type SaveSection } from './section-form';

/** The blog's colours and the small picture of the browser's tab. */
export function LookSection({ settings, action }: { settings: SettingsView; action: SaveSection }) {
  return (
    <SectionForm section="look" title={t('site.section.look')} seen={settings.seen.look} action={action}>
      {({ fields, entered }) => (
        <>
          <PaletteChoice chosen={entered?.palette ?? settings.palette} error={fields.palette} />
          <PictureChoice name="iconId" label={t('site.picture.icon')} none={t('site.picture.noIcon')} choosing={t('site.picture.chooseIcon')} shape="square" chosen={settings.icon} entered={entered} error={fields.iconId} />
          <p className="field-hint">{t('site.picture.iconHint')}</p>
        </>
      )}
    </SectionForm>
  );
}

function PaletteChoice({ chosen, error }: { chosen: string; error: string | undefined }) {
  return (
    <fieldset className="palette-choice" aria-describedby={error && 'palette-error'}>
      <legend>{t('site.palette.heading')}</legend>
      <div className="palette-list">
        {PALETTES.map((palette) => (
          <label key={palette} className="palette">
            <input type="radio" name="palette" value={palette} defaultChecked={palette === chosen} />
            <span className="palette-name">{t(`site.paletteName.${palette}`)}</span>
            <span className="palette-words">{t(`site.paletteWords.${palette}`)}</span>
            <Swatches palette={palette} />
          </label>
        ))}
      </div>
      {error && <p className="field-error" id="palette-error">{error}</p>}
    </fieldset>
  );
}

/** How a page looks in it, by day and by night. */
function Swatches({ palette }: { palette: Palette }) {
  return (
    <span className="swatches" aria-hidden="true">
      {(['light', 'dark'] as const).map((scheme) => (
        <span key={scheme} className={`swatch swatch--${scheme}`} data-palette={palette}>
          <span className="swatch-title">{t('site.palette.letters')}</span>
          <span className="swatch-line" />
          <span className="swatch-line swatch-line--short" />
          <span className="swatch-accent" />
        </span>
      ))}
    </span>
  );
}

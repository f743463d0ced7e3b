'use client';

import { useState, useSyncExternalStore } from 'react';
import type { Choice } from '@/lib/site/languages';
import type { SettingsView } from '@/lib/site/settings-form';
import { POSTS_PER_PAGE_MAX } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { SectionForm, type SaveSection } from './section-form';

/** `spoken`: the languages that the blog itself speaks, in words. */
export type Choices = { zones: Choice[]; languages: Choice[]; spoken: string };

/** How many posts a page has, and in which zone and language dates are written. */
export function ReadingSection({ settings, choices, action }: { settings: SettingsView; choices: Choices; action: SaveSection }) {
  return (
    <SectionForm section="reading" title={t('site.section.reading')} seen={settings.seen.reading} action={action}>
      {({ fields, entered }) => (
        <>
          <div className="settings-number">
            <Field id="site-per-page" name="postsPerPage" type="number" required maxLength={3} label={t('site.reading.perPage')} hint={t('site.reading.perPageHint', { max: POSTS_PER_PAGE_MAX })} defaultValue={entered?.postsPerPage ?? String(settings.postsPerPage)} error={fields.postsPerPage} />
          </div>
          <ZoneField chosen={entered?.timeZone ?? settings.timeZone} zones={choices.zones} error={fields.timeZone} />
          <SelectField id="site-language" name="language" label={t('site.reading.language')} options={choices.languages} defaultValue={entered?.language ?? settings.language} error={fields.language} />
          <p className="field-hint">{t('site.reading.languageHint', { languages: choices.spoken })}</p>
        </>
      )}
    </SectionForm>
  );
}

const never = () => () => undefined;
const zoneOfBrowser = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function ZoneField({ chosen, zones, error }: { chosen: string; zones: Choice[]; error: string | undefined }) {
  const [zone, setZone] = useState(chosen);
  const here = useSyncExternalStore(never, zoneOfBrowser, () => chosen);
  const guess = zones.find(({ value }) => value === here && value !== zone);
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor="site-zone">{t('site.reading.zone')}</label>
      <select id="site-zone" name="timeZone" value={zone} onChange={(event) => setZone(event.target.value)} aria-describedby={error && 'site-zone-error'} aria-invalid={error ? true : undefined}>
        {zones.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
      {guess && <p className="settings-guess"><Button type="button" quiet onClick={() => setZone(guess.value)}>{t('site.reading.zoneHere', { zone: guess.label })}</Button></p>}
      {error && <p className="field-error" id="site-zone-error">{error}</p>}
    </div>
  );
}

'use client';

import { PASSWORD_MAX_CHARACTERS, type Saved } from '@/lib/posts/post-form';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { AUDIENCES, type Audience, type Choice, type Missing } from './editor-words';
import { Written } from './written';

export const PASSWORD_FIELD = 'post-password';
export const AT_FIELD = 'post-at';
const WRONG = 'audience-wrong';
/** The choice of an audience. */
export const audienceField = (audience: Audience): string => `audience-${audience}`;

type Props = {
  choice: Choice;
  saved: Pick<Saved, 'state'>;
  site: SiteLocale;
  /** What is missing, by field. */
  missing: Missing | null;
  onChoose: (change: Partial<Choice>) => void;
};

/** Who can read it, and when it comes out. */
export function PanelAudience({ choice, saved, site, missing, onChoose }: Props) {
  const wrong = missing?.field === 'audience' ? missing.message : null;
  const isWaiting = saved.state === 'draft' || saved.state === 'scheduled';
  return (
    <>
      <fieldset className="panel-choices">
        <legend>{t('editor.panel.who')}</legend>
        {AUDIENCES.map((audience) => (
          <div className="desk-choice" key={audience}>
            <input
              type="radio" id={audienceField(audience)} name="audience" value={audience} checked={choice.audience === audience}
              aria-describedby={wrong && choice.audience === audience ? `audience-${audience}-means ${WRONG}` : `audience-${audience}-means`} onChange={() => onChoose({ audience })}
            />
            <div>
              <label htmlFor={audienceField(audience)}>{t(`editor.audience.${audience}`)}</label>
              <p className="field-hint" id={`audience-${audience}-means`}>{t(`editor.audienceMeans.${audience}`)}</p>
            </div>
          </div>
        ))}
        {wrong && <p className="field-error" id={WRONG}>{wrong}</p>}
      </fieldset>
      {choice.audience === 'password' && (
        <Written id={PASSWORD_FIELD} label={t('editor.panel.password')} hint={t('editor.panel.passwordHint')} error={missing?.field === 'password' ? missing.message : undefined}>
          {(tied) => <input {...tied} type="text" autoComplete="off" spellCheck={false} maxLength={PASSWORD_MAX_CHARACTERS} value={choice.password} onChange={({ target }) => onChoose({ password: target.value })} />}
        </Written>
      )}
      {isWaiting && choice.audience === 'published' && (
        <Written id={AT_FIELD} label={t('editor.panel.comesOut')} hint={t('editor.panel.comesOutHint', { timeZone: site.timeZone })} error={missing?.field === 'at' ? missing.message : undefined}>
          {(tied) => <input {...tied} type="datetime-local" value={choice.at} onChange={({ target }) => onChoose({ at: target.value })} />}
        </Written>
      )}
    </>
  );
}

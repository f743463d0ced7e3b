'use client';

import { PASSWORD_MAX_CHARACTERS, type Saved } from '@/lib/posts/post-form';
import type { SiteLocale } from '@/lib/site/schema';
import { AUDIENCES, AUDIENCE_HINTS, AUDIENCE_NAMES, type Choice, type Missing } from './editor-words';
import { Written } from './written';

export const PASSWORD_FIELD = 'post-password';
export const AT_FIELD = 'post-at';

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
  const isWaiting = saved.state === 'draft' || saved.state === 'scheduled';
  return (
    <>
      <fieldset className="panel-choices">
        <legend>Who can read it</legend>
        {AUDIENCES.map((audience) => (
          <div className="desk-choice" key={audience}>
            <input type="radio" id={`audience-${audience}`} name="audience" value={audience} checked={choice.audience === audience} aria-describedby={`audience-${audience}-means`} onChange={() => onChoose({ audience })} />
            <div>
              <label htmlFor={`audience-${audience}`}>{AUDIENCE_NAMES[audience]}</label>
              <p className="field-hint" id={`audience-${audience}-means`}>{AUDIENCE_HINTS[audience]}</p>
            </div>
          </div>
        ))}
      </fieldset>
      {choice.audience === 'password' && (
        <Written id={PASSWORD_FIELD} label="Password" hint="Shown as you type it: you tell it to your readers." error={missing?.field === 'password' ? missing.message : undefined}>
          {(tied) => <input {...tied} type="text" autoComplete="off" spellCheck={false} maxLength={PASSWORD_MAX_CHARACTERS} value={choice.password} onChange={({ target }) => onChoose({ password: target.value })} />}
        </Written>
      )}
      {isWaiting && choice.audience === 'published' && (
        <Written id={AT_FIELD} label="Comes out on (for “Schedule”)" hint={`In the blog’s time zone: ${site.timeZone}.`} error={missing?.field === 'at' ? missing.message : undefined}>
          {(tied) => <input {...tied} type="datetime-local" value={choice.at} onChange={({ target }) => onChoose({ at: target.value })} />}
        </Written>
      )}
    </>
  );
}

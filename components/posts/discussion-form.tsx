'use client';

import { useActionState, type ReactNode } from 'react';
import type { DeskDiscussion } from '@/lib/posts/desk';
import { NOTHING_SAVED, type DiscussionState } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { CARE_LEVELS, careName } from './care-levels';
import { CareWords, RuleWords } from './discussion-words';

/** The blog's rules, as far as the form tells them. */
export type ToldRules = { closeAfterDays: number; sensitiveFloodSeconds: number };

type Props = {
  post: DeskDiscussion;
  rules: ToldRules;
  site: SiteLocale;
  action: (state: DiscussionState, form: FormData) => Promise<DiscussionState>;
};

/** How carefully a post's comments are read, when they close, and whom readers can turn to. */
export function DiscussionForm({ post, rules, site, action }: Props) {
  const [{ done, message, fields, entered }, save, isPending] = useActionState(action, NOTHING_SAVED);
  const now = entered ?? { care: post.care, closing: post.chosen, date: post.day, helpline: post.helpline };
  return (
    <form action={save} className="discussion-form" noValidate>
      <input type="hidden" name="seen" value={post.mark} />
      {message && <p className="settings-failure" role="alert">{message}</p>}
      {/* React empties what it does not know anew after an act. */}
      <div className="discussion-parts" key={JSON.stringify(now)}>
        <fieldset className="desk-choices" aria-describedby={fields.care && 'care-error'}>
          <legend>{t('posts.discussion.care')}</legend>
          {CARE_LEVELS.map((care) => (
            <Choice key={care} name="care" value={care} label={careName(care)} isChosen={now.care === care}>
              <CareWords care={care} end={post.sensitiveEnd} isDated={post.isDated} floodSeconds={rules.sensitiveFloodSeconds} site={site} />
            </Choice>
          ))}
          {fields.care && <p className="field-error" id="care-error">{fields.care}</p>}
        </fieldset>
        <fieldset className="desk-choices" aria-describedby={fields.closing && 'closing-error'}>
          <legend>{t('posts.discussion.closing')}</legend>
          <Choice name="closing" value="rule" label={t('posts.discussion.byRule')} isChosen={now.closing === 'rule'}><RuleWords post={post} closeAfterDays={rules.closeAfterDays} site={site} /></Choice>
          <Choice name="closing" value="open" label={t('posts.discussion.open')} isChosen={now.closing === 'open'}>{rules.closeAfterDays > 0 ? t('posts.discussion.openMeansDays', { days: rules.closeAfterDays }) : t('posts.discussion.openMeans')}</Choice>
          <Choice name="closing" value="closed" label={t('posts.discussion.closed')} isChosen={now.closing === 'closed'}>{t('posts.discussion.closedMeans')}</Choice>
          <Choice name="closing" value="date" label={t('posts.discussion.date')} isChosen={now.closing === 'date'}>{t('posts.discussion.dateMeans')}</Choice>
          <div className="desk-choice-more"><Field id="closing-day" name="date" type="date" label={t('posts.discussion.lastDay')} hint={t('posts.discussion.lastDayHint', { timeZone: site.timeZone })} defaultValue={now.date} error={fields.date} /></div>
          {fields.closing && <p className="field-error" id="closing-error">{fields.closing}</p>}
        </fieldset>
        <Field
          id="helpline" name="helpline" label={t('posts.discussion.helpline')} multiline rows={4} defaultValue={now.helpline} error={fields.helpline}
          hint={t('posts.discussion.helplineHint')}
        />
      </div>
      <div className="settings-end">
        <Button disabled={isPending}>{t('posts.discussion.save')}</Button>
        <p role="status">{done}</p>
      </div>
    </form>
  );
}

type ChoiceProps = { name: string; value: string; label: string; isChosen: boolean; children: ReactNode };

/** One of several, with what it means. */
function Choice({ name, value, label, isChosen, children }: ChoiceProps) {
  const id = `${name}-${value}`;
  return (
    <div className="desk-choice">
      <input type="radio" id={id} name={name} value={value} defaultChecked={isChosen} aria-describedby={`${id}-means`} />
      <div>
        <label htmlFor={id}>{label}</label>
        <p className="field-hint" id={`${id}-means`}>{children}</p>
      </div>
    </div>
  );
}

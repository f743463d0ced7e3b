'use client';

import { startTransition, useActionState, useEffect, useRef, type FormEvent } from 'react';
import type { PersonOfStanding } from '@/lib/people/queries';
import { NOTHING_SAVED, type RulesState, type Tried } from '@/lib/moderation/rules-form';
import type { RulesView } from '@/lib/moderation/rules-view';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { RulesFields } from './rules-fields';
import type { OpenList } from './rules-list-field';
import { changedBy, RulesTried, triedWords } from './rules-tried';
import { away, changesIn, isTooLong, tooLong, useTry, type TryAction } from './rules-try';

export type RulesActions = { save: (state: RulesState, form: FormData) => Promise<RulesState>; tryOut: TryAction; open: OpenList };

type Props = {
  view: RulesView;
  people: PersonOfStanding[];
  /** What the rules of now decide. */
  present: Tried;
  site: SiteLocale;
  actions: RulesActions;
};

/** The rules to be changed: each change says at once what it would have done to the last comments, before it is saved. */
export function RulesForm({ view, people, present, site, actions }: Props) {
  const [state, save, isSaving] = useActionState(async (before: RulesState, changes: FormData): Promise<RulesState> => {
    const refused = { ...NOTHING_SAVED, version: before.version };
    if (isTooLong(changes)) return { ...refused, message: tooLong() };
    return actions.save(before, changes).catch(() => ({ ...refused, message: away() }));
  }, NOTHING_SAVED);
  const form = useRef<HTMLFormElement>(null);
  const { trying, tryNow, tryLater, forget } = useTry(form, actions.tryOut);
  const answered = trying.kind === 'answered' && trying.answer.ok ? trying.answer.tried : null;
  // What is saved is not a change any more.
  useEffect(() => forget(), [view.version, forget]);
  useEffect(() => {
    if (Object.keys(state.fields).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [state]);

  const send = (event: FormEvent<HTMLFormElement>) => {
    // A form sent as an action is emptied afterwards, and all of it is sent.
    event.preventDefault();
    const changes = changesIn(event.currentTarget);
    changes.set('version', String(versionOf(view, state)));
    startTransition(() => save(changes));
  };

  return (
    <form ref={form} className="rules-form" action={save} onSubmit={send} onInput={tryLater} noValidate>
      <RulesFields key={view.version} view={view} people={people} errors={state.fields} tried={answered ?? present} open={actions.open} />
      <aside className="rules-side" aria-label={t('moderation.ruleTry.label')}>
        <div className="rules-bar">
          <p role="status" className="rules-status">{triedWords(trying)}</p>
          {trying.kind === 'unchanged' && <p className="rules-idle">{t('moderation.ruleTry.idle')}</p>}
          {state.message && <p className="rules-failure" role="alert">{state.message}</p>}
          <div className="rules-buttons">
            <Button disabled={isSaving}>{t('moderation.ruleTry.save')}</Button>
            <Button type="button" quiet onClick={() => void tryNow()}>{t('moderation.ruleTry.submit')}</Button>
            {answered && changedBy(answered) > 0 && <a className="rules-see" href="#tried">{t('moderation.ruleTry.see', { count: changedBy(answered) })}</a>}
            <p role="status">{trying.kind === 'unchanged' && state.done}</p>
          </div>
        </div>
        {answered && <RulesTried tried={answered} site={site} />}
      </aside>
    </form>
  );
}

/** After a conflict the next Save is over what the other one has saved: only what was changed here is sent. */
const versionOf = (view: RulesView, state: RulesState): number => Math.max(view.version, state.version ?? 0);

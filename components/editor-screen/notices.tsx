'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { plainBeginning } from './plain-beginning';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { SiteLocale } from '@/lib/site/schema';
import { listed } from '@/lib/words/listed';
import { t } from '@/lib/words/t';

/** A calm word above the text, with what can be done about it. */
export function Notice({ children, acts, isAlert = false }: { children: ReactNode; acts?: ReactNode; isAlert?: boolean }) {
  return (
    <div className={isAlert ? 'editor-notice editor-notice--alert' : 'editor-notice'} role={isAlert ? 'alert' : 'note'}>
      <div>{children}</div>
      {acts && <div className="editor-notice-acts">{acts}</div>}
    </div>
  );
}

type CopyProps = { copy: KeptCopy; more: number; isElsewhere: boolean; site: SiteLocale; onTake: (copy: KeptCopy) => void; onLetGo: (copy: KeptCopy) => void };

/** What was typed in this browser and did not reach the blog. */
export function CopyNotice({ copy, more, isElsewhere, site, onTake, onLetGo }: CopyProps) {
  const beginning = copy.fields.title.trim() || plainBeginning(copy.fields.html);
  const date = () => <Time at={new Date(copy.at)} site={site} withClock />;
  return (
    <Notice
      acts={
        <>
          <Button type="button" onClick={() => onTake(copy)}>{t('editor.notices.take')}</Button>
          <Button quiet type="button" onClick={() => onLetGo(copy)}>{t('editor.notices.letGo')}</Button>
        </>
      }
    >
      <p>
        {beginning ? t.rich('editor.notices.copyOf', { date, beginning }) : t.rich('editor.notices.copy', { date })}
        {isElsewhere && ` ${t('editor.notices.copyIsOld')}`}
        {more > 0 && ` ${t('editor.notices.moreCopies', { count: more })}`}
      </p>
    </Notice>
  );
}

/** Others have the same post open. */
export function WindowsNotice({ hasOwn, people }: { hasOwn: boolean; people: readonly string[] }) {
  if (!hasOwn && people.length === 0) return null;
  return (
    <Notice>
      {hasOwn && <p>{t('editor.notices.ownWindow')}</p>}
      {people.length > 0 && <p>{t('editor.notices.others', { names: listed(people), count: people.length })}</p>}
    </Notice>
  );
}

type TheirsProps = { message: string; seen: string | undefined; seeHref: string; isBusy: boolean; onLoad: () => void; onOverrule: (seen: string) => void };

/** Somebody else has saved meanwhile: nothing is saved until the person has chosen. */
export function ConflictNotice({ message, seen, seeHref, isBusy, onLoad, onOverrule }: TheirsProps) {
  return (
    <Notice
      isAlert
      acts={
        <>
          <a className="button button--quiet" href={seeHref} target="_blank" rel="noopener">{t('editor.notices.seeTheirs')}</a>
          <Button quiet type="button" busy={isBusy} onClick={onLoad}>{t('editor.notices.loadTheirs')}</Button>
          {seen && <Button quiet type="button" busy={isBusy} onClick={() => onOverrule(seen)}>{t('editor.notices.overrule')}</Button>}
        </>
      }
    >
      <p>{message}</p>
      <p>{t('editor.notices.conflict')}</p>
    </Notice>
  );
}

'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { plainBeginning } from './plain-beginning';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { SiteLocale } from '@/lib/site/schema';

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
  return (
    <Notice
      acts={
        <>
          <Button type="button" onClick={() => onTake(copy)}>Take up what was typed</Button>
          <Button quiet type="button" onClick={() => onLetGo(copy)}>Let it go</Button>
        </>
      }
    >
      <p>
        This browser has kept something typed on <Time at={new Date(copy.at)} site={site} withClock /> that did not reach the blog
        {beginning && <>: “{beginning}”</>}.
        {isElsewhere && ' The post was changed elsewhere since: what is there now stays among the earlier versions.'}
        {more > 0 && ` ${more} more ${more === 1 ? 'is' : 'are'} kept.`}
      </p>
    </Notice>
  );
}

/** Others have the same post open. */
export function WindowsNotice({ hasOwn, people }: { hasOwn: boolean; people: readonly string[] }) {
  if (!hasOwn && people.length === 0) return null;
  return (
    <Notice>
      {hasOwn && <p>This post is open in another window of yours.</p>}
      {people.length > 0 && <p>{people.join(' and ')} {people.length === 1 ? 'has' : 'have'} it open too. Nothing is overwritten: whoever saves second is asked.</p>}
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
          <a className="button button--quiet" href={seeHref} target="_blank" rel="noopener">See theirs</a>
          <Button quiet type="button" busy={isBusy} onClick={onLoad}>Load theirs</Button>
          {seen && <Button quiet type="button" busy={isBusy} onClick={() => onOverrule(seen)}>Save mine over theirs</Button>}
        </>
      }
    >
      <p>{message}</p>
      <p>What you typed is safe in this window. “Load theirs” keeps yours aside; “Save mine over theirs” keeps theirs among the earlier versions.</p>
    </Notice>
  );
}

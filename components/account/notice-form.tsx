'use client';

import { useActionState } from 'react';
import { ShutOutNotice, WarningLetter } from '@/components/identity/standing-notice';
import type { AccountState } from '@/lib/account/schema';
import type { StandingNotice } from '@/lib/comments/box';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';

type Props = { notice: StandingNotice | null; site: SiteLocale; action: (state: AccountState, form: FormData) => Promise<AccountState> };

/** What a moderator has written to a person, or that they cannot write here: above their account, and nothing without. */
export function NoticeForm({ notice, site, action }: Props) {
  const [state, act] = useActionState(action, { done: null, message: null });
  return (
    <div className={notice ? 'account-notice' : undefined}>
      <Said state={state} />
      {notice?.kind === 'warning' && (
        <form action={act}>
          <WarningLetter words={notice.words} />
        </form>
      )}
      {notice && notice.kind !== 'warning' && <ShutOutNotice notice={notice} site={site} />}
    </div>
  );
}

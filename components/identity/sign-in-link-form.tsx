'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

type Props = {
  action: (message: string | null, form: FormData) => Promise<string | null>;
  /** Null when the link does not open any more. */
  link: { token: string; email: string } | null;
};

/** The one button of a sign-in link, or why it does not open. */
export function SignInLinkForm({ action, link }: Props) {
  const [message, submit, isPending] = useActionState(action, link === null ? t('identity.link.gone') : null);
  return (
    <main id="content" className="desk-sheet" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">{t('identity.signIn.heading')}</h1>
      {message ? (
        <>
          <p role="alert">{message}</p>
          <p>
            <a href="/sign-in">{t('identity.link.getNew')}</a>
          </p>
        </>
      ) : (
        <form action={submit}>
          <input type="hidden" name="token" value={link?.token ?? ''} />
          {/* By whom: a link that somebody else has sent would sign one in as them. */}
          <p>{t('identity.link.asWhom', { address: link?.email ?? '' })}</p>
          <Button disabled={isPending}>{t('identity.signIn.heading')}</Button>
        </form>
      )}
    </main>
  );
}

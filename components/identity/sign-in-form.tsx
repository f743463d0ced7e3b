'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { EMAIL_MAX_CHARACTERS, type Provider, type SignInState } from '@/lib/identity/schema';
import { t } from '@/lib/words/t';
import { CodeField } from './code-field';
import { ProviderButtons } from './provider-buttons';

type Props = {
  action: (state: SignInState, form: FormData) => Promise<SignInState>;
  initial: SignInState;
  offered: readonly Provider[];
  /** Where the person was going. */
  to: string | null;
  /** They are signed in, and are asked to show that it is them. */
  isAgain?: boolean;
};

/** The ways to sign in, apart from any post. */
export function SignInForm({ action, initial, offered, to, isAgain = false }: Props) {
  const [{ message, email, sentTo }, submit, isPending] = useActionState(action, initial);
  return (
    <main id="content" className="desk-sheet sign-in" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">{t('identity.signIn.heading')}</h1>
      {isAgain && <p>{t('identity.signIn.again')}</p>}
      {message && (
        <p role="alert" className="form-alert">
          {message}
        </p>
      )}
      <form action={submit} aria-busy={isPending} noValidate>
        {/* What Enter in a field presses. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        {to !== null && <input type="hidden" name="to" value={to} />}
        <ProviderButtons offered={offered} />
        {offered.length > 0 && <p className="sign-in-or">{t('identity.signIn.orMail')}</p>}
        <Field key={email} id="sign-in-email" name="email" type="email" label={t('identity.signIn.email')} required maxLength={EMAIL_MAX_CHARACTERS} autoComplete="email" defaultValue={email} />
        <Button name="intent" value="email" quiet={sentTo !== null}>
          {t(sentTo === null ? 'identity.signIn.mail' : 'identity.signIn.mailAgain')}
        </Button>
        {sentTo !== null && <CodeField sentTo={sentTo} error={undefined} />}
      </form>
      {!isAgain && <p>{t('identity.signIn.noNeed')}</p>}
      <p>
        <a href="/">{t('identity.signIn.back')}</a>
      </p>
      <details className="sign-in-machine">
        <summary>{t('identity.signIn.noMail')}</summary>
        <p>{t('identity.signIn.onMachine')}</p>
        <pre>
          <code>npm run people -- sign-in-link you@example.com</code>
        </pre>
      </details>
    </main>
  );
}

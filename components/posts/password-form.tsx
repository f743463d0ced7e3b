'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { NOT_TRIED, type UnlockState } from '@/lib/posts/unlock-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

type Props = {
  action: (state: UnlockState, form: FormData) => Promise<UnlockState>;
  post: { kind: 'post' | 'page'; slug: string };
};

/** Asks for the password of a post: a plain form that works by itself. What was typed is never shown again. */
export function PasswordForm({ action, post: { kind, slug } }: Props) {
  const [{ message }, send] = useActionState(action, NOT_TRIED);
  return (
    <form action={send} className="password-form" noValidate>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="slug" value={slug} />
      {message && <p className="form-alert" role="alert">{message}</p>}
      <Field id="post-password" name="password" type="password" label={t('posts.locked.password')} autoComplete="off" required autoFocus={message !== null} />
      <Button>{t('posts.locked.open')}</Button>
    </form>
  );
}

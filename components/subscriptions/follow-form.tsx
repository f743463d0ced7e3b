'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { BOX_FIELDS } from '@/lib/comments/box';
import { NOTHING_FOLLOWED, type FollowState } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

type Props = {
  /** Where in the page it stands: each has ids of its own. */
  place: 'post' | 'footer';
  action: (state: FollowState, form: FormData) => Promise<FollowState>;
};

/**
 * By which a reader asks to be told of new posts: a plain form that works by itself. After a post it is a region of the page; in
 * the footer the form itself has the name, for two landmarks of one kind and name cannot be told apart.
 */
export function FollowForm({ place, action }: Props) {
  const [{ message, fields, email }, send] = useActionState(action, NOTHING_FOLLOWED);
  const Frame = place === 'post' ? 'section' : 'div';
  const named = { 'aria-labelledby': `follow-${place}` };
  return (
    <Frame className={`follow follow--${place}`} {...(place === 'post' && named)}>
      <h2 id={`follow-${place}`}>{t('subscriptions.follow.heading')}</h2>
      <form action={send} noValidate {...(place === 'footer' && named)}>
        <div className="box-trap" aria-hidden="true">
          <label>{t('comments.box.trap')}<input name={BOX_FIELDS.trap} tabIndex={-1} autoComplete="off" defaultValue="" /></label>
        </div>
        {message && !fields.email && <p className="form-alert" role="alert">{message}</p>}
        <div className="follow-row">
          <Field id={`follow-email-${place}`} name="follow-email" type="email" label={t('subscriptions.follow.email')} autoComplete="email" autoFocus={Boolean(fields.email)} defaultValue={email} error={fields.email} />
          <Button quiet={place === 'footer'}>{t('subscriptions.follow.button')}</Button>
        </div>
        <p className="field-hint">{t('subscriptions.follow.hint')}</p>
      </form>
    </Frame>
  );
}

'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { FREQUENCIES, NOTHING_DONE, SCOPES, type ActState, type Frequency, type ThreadView } from '@/lib/subscriptions/schema';
import { t } from '@/lib/words/t';

export type Act = (state: ActState, form: FormData) => Promise<ActState>;

/** One form of the page of an address: what it is about goes with it, and a refusal stands above it. */
export function CentreForm({ token, what, act, children }: { token: string; what?: string; act: Act; children: ReactNode }) {
  const [{ message }, send] = useActionState(act, NOTHING_DONE);
  return (
    <form action={send} className="subscriptions-form">
      {message && <p className="form-alert" role="alert">{message}</p>}
      <input type="hidden" name="token" value={token} />
      {what && <input type="hidden" name="what" value={what} />}
      {children}
    </form>
  );
}

const frequencies = () => FREQUENCIES.map((value) => ({ value, label: t(`subscriptions.frequency.${value}`) }));

/** How often new posts are told, or not at all. */
export function PostsForm({ token, frequency, act }: { token: string; frequency: Frequency | null; act: Act }) {
  return (
    <CentreForm token={token} what="posts" act={act}>
      <div className="subscriptions-row">
        <SelectField id="posts-frequency" name="frequency" label={t('subscriptions.box.frequency')} defaultValue={frequency ?? 'off'} options={[...frequencies(), { value: 'off', label: t('subscriptions.frequency.off') }]} />
        <Button quiet>{t('subscriptions.centre.save')}</Button>
      </div>
    </CentreForm>
  );
}

/** One thread: of what, how often, and the way out. */
export function ThreadForm({ token, thread: { postId, title, path, scope, frequency }, act }: { token: string; thread: ThreadView; act: Act }) {
  return (
    <CentreForm token={token} what={postId} act={act}>
      <p><a href={path}><bdi>{title}</bdi></a></p>
      <div className="subscriptions-row">
        <SelectField id={`scope-${postId}`} name="scope" label={t('subscriptions.box.scope')} defaultValue={scope} options={SCOPES.map((value) => ({ value, label: t(`subscriptions.scope.${value}`) }))} />
        <SelectField id={`frequency-${postId}`} name="frequency" label={t('subscriptions.box.frequency')} defaultValue={frequency} options={frequencies()} />
        <Button quiet>{t('subscriptions.centre.save')}</Button>
        <Button quiet name="intent" value="leave" aria-label={t('subscriptions.centre.leaveThread', { title })}>{t('subscriptions.centre.leave')}</Button>
      </div>
    </CentreForm>
  );
}

/** Leaves what it names. */
export function LeaveForm({ token, what, label, act }: { token: string; what: string; label: string; act: Act }) {
  return <CentreForm token={token} what={what} act={act}><Button quiet name="intent" value="leave">{label}</Button></CentreForm>;
}

/** Sends again to an address whose mail came back. */
export function ResumeForm({ token, act }: { token: string; act: Act }) {
  return <CentreForm token={token} act={act}><Button quiet name="intent" value="resume">{t('subscriptions.pause.resume')}</Button></CentreForm>;
}

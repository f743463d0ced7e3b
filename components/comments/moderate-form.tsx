'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { PAGE_ACTS, type OnPage, type OnPageState } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

type Props = {
  action: (state: OnPageState, form: FormData) => Promise<OnPageState>;
  /** The slug of the post. */
  post: string;
  /** Null: a pattern, which moderation.enhance.ts fills in for each comment of the page. */
  comment: OnPage | null;
  /** A decision has just been taken back. */
  isUndone: boolean;
};

const PATTERN: OnPage = { id: '', name: '', revision: 1, status: 'approved', undo: null };

function sentenceOf({ status, undo }: OnPage, isUndone: boolean): string {
  if (status === 'approved') return isUndone ? t('comments.moderate.takenBack') : '';
  return t(undo ? 'comments.moderate.moved' : 'comments.moderate.isIn', { queue: status });
}

/** What moderation.enhance.ts says of each comment by itself; `{name}` stands for a name. */
const patternWords = () => ({ 'data-moderate-name': t('comments.moderate.moderate'), 'data-moderate-of': t('comments.moderate.of', { name: '{name}' }), 'data-failed': t('comments.moderate.failed') });

/** What can be done with one published comment on readers' own pages, or what was done, and its undo: a plain form. */
export function ModerateForm({ action, post, comment, isUndone }: Props) {
  const [{ message, comment: now }, send] = useActionState(action, { message: null, comment: null });
  const shown = now ?? comment ?? PATTERN;
  const { id, name, revision, status, undo } = shown;
  return (
    <div className="moderate-tools" data-moderate={id} data-status={status} role="group" aria-label={name && t('comments.moderate.of', { name })} {...(id === '' && patternWords())}>
      {message && <p role="alert">{message}</p>}
      <p role="status">{message ? '' : sentenceOf(shown, isUndone)}</p>
      <form action={send}>
        <input type="hidden" name="post" value={post} />
        <input type="hidden" name="comment" value={id} />
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="seenStatus" value={status} />
        {status === 'approved' && PAGE_ACTS.map((act) => (
          <Button key={act} quiet name="decision" value={act}>{t(`comments.moderate.${act}`)}</Button>
        ))}
        {undo && <Button quiet name="undo" value={undo}>{t('comments.moderate.undo')}</Button>}
      </form>
      <a href={`/admin/comments?queue=all&comment=${id}`} rel="nofollow">{t('comments.moderate.edit')}</a>
    </div>
  );
}

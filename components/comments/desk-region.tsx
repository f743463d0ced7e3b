import type { OnPage, OnPageState } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { ModerateForm } from './moderate-form';

type Props = {
  action: (state: OnPageState, form: FormData) => Promise<OnPageState>;
  post: string;
  /** Comments under this post that wait for somebody. */
  waiting: number;
  /** The comment that the page is about; null: script takes the form as a pattern for those of the post's page. */
  comment: OnPage | null;
  isUndone: boolean;
};

/** What the reply page has for whoever moderates the post, and for nobody else. */
export function DeskRegion({ action, post, waiting, comment, isUndone }: Props) {
  return (
    <div className="desk-region" data-desk>
      {waiting > 0 && (
        <p className="desk-note" data-desk-waiting>
          <a href={`/admin/comments?queue=pending&post=${encodeURIComponent(post)}`} rel="nofollow">
            {t('comments.moderate.waiting', { count: waiting })}
          </a>
        </p>
      )}
      <div hidden={comment === null}>
        <ModerateForm action={action} post={post} comment={comment} isUndone={isUndone} />
      </div>
    </div>
  );
}

import { OLDER_THAN, repliesPath, type OlderThan } from '@/lib/comments/reply-desk';
import type { UnansweredView } from '@/lib/comments/unanswered';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';

type Props = { view: UnansweredView; act: (form: FormData) => void; isPending: boolean };

const ages = () => (Object.keys(OLDER_THAN) as OlderThan[]).map((value) => ({ value, label: t(`moderation.olderThan.${value}`) }));

/** What the reply desk shows, and how it is cleared of what nobody will answer any more. */
export function RepliesTools({ view: { filter, total, oldCount, hasOthers }, act, isPending }: Props) {
  const { posts, old } = filter;
  return (
    <div className="replies-tools">
      {hasOthers && (
        <nav aria-label={t('moderation.repliesTools.whose')}>
          <a href={repliesPath({ old })} aria-current={posts === 'mine' ? 'true' : undefined}>{t('moderation.repliesTools.mine')}</a>
          <a href={repliesPath({ posts: 'all', old })} aria-current={posts === 'all' ? 'true' : undefined}>{t('moderation.repliesTools.everybodys')}</a>
        </nav>
      )}
      {oldCount > 0 && (
        <p>
          {t.rich('moderation.repliesTools.leftOut', { count: oldCount, link: (words) => <a href={repliesPath({ posts, old: true })}>{words}</a> })}
        </p>
      )}
      {old && <p>{t.rich('moderation.repliesTools.shown', { link: (words) => <a href={repliesPath({ posts })}>{words}</a> })}</p>}
      {total > 0 && (
        <details className="replies-clear">
          <summary>{t('moderation.repliesTools.clear')}</summary>
          <form action={act}>
            <input type="hidden" name="posts" value={posts} />
            <input type="hidden" name="old" value={old ? '1' : '0'} />
            <SelectField id="replies-older" name="olderThan" label={t('moderation.repliesTools.olderThan')} options={ages()} defaultValue="month" />
            <Button quiet disabled={isPending}>{t('moderation.repliesTools.mark')}</Button>
          </form>
        </details>
      )}
    </div>
  );
}

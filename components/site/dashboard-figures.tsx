import { repliesPath } from '@/lib/comments/reply-desk';
import { queuePath } from '@/lib/moderation/rules';
import type { DeskCounts } from '@/lib/moderation/schema';
import { deskListPath } from '@/lib/posts/desk-filter';
import type { PostsUnderWay } from '@/lib/posts/under-way';
import { t } from '@/lib/words/t';

type Props = { counts: DeskCounts; posts: PostsUnderWay | null; count: Intl.NumberFormat };

/** What waits for whoever looks; each number leads to what it counts. */
export function DashboardFigures({ counts, posts, count }: Props) {
  const figures: { name: string; number: number; path: string }[] = [
    { name: t('site.home.commentsWaiting'), number: counts.pending, path: queuePath({ queue: 'pending' }) },
    ...(counts.replies == null ? [] : [{ name: t('site.home.toAnswer'), number: counts.replies, path: repliesPath() }]),
    ...(posts === null ? [] : [
      { name: t('site.home.drafts'), number: posts.drafts.count, path: deskListPath({ tab: 'drafts' }) },
      { name: t('site.home.scheduled'), number: posts.scheduled.count, path: deskListPath({ tab: 'scheduled' }) },
    ]),
  ];
  return (
    <ul className="home-figures" aria-label={t('site.home.waits')}>
      {figures.map(({ name, number, path }) => (
        <li key={name}>
          <a href={path}>
            <strong>{count.format(number)}</strong> <span>{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

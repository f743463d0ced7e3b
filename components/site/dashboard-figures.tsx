import { repliesPath } from '@/lib/comments/reply-desk';
import { queuePath } from '@/lib/moderation/rules';
import type { DeskCounts } from '@/lib/moderation/schema';
import { deskListPath } from '@/lib/posts/desk-filter';
import type { PostsUnderWay } from '@/lib/posts/under-way';

type Props = { counts: DeskCounts; posts: PostsUnderWay | null; count: Intl.NumberFormat };

/** What waits for whoever looks; each number leads to what it counts. */
export function DashboardFigures({ counts, posts, count }: Props) {
  const figures: { name: string; number: number; path: string }[] = [
    { name: 'Comments waiting', number: counts.pending, path: queuePath({ queue: 'pending' }) },
    ...(counts.replies == null ? [] : [{ name: 'To answer', number: counts.replies, path: repliesPath() }]),
    ...(posts === null ? [] : [
      { name: 'Drafts', number: posts.drafts.count, path: deskListPath({ tab: 'drafts' }) },
      { name: 'Scheduled', number: posts.scheduled.count, path: deskListPath({ tab: 'scheduled' }) },
    ]),
  ];
  return (
    <ul className="home-figures" aria-label="What waits">
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

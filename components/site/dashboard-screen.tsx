import type { ReactNode } from 'react';
import type { Person } from '@/lib/identity/schema';
import type { DeskCounts } from '@/lib/moderation/schema';
import type { PostsUnderWay } from '@/lib/posts/under-way';
import type { PostReads } from '@/lib/reads/queries';
import type { DashboardDay, DashboardDays as Count } from '@/lib/site/dashboard-days';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { QueueRail } from '@/components/moderation/queue-rail';
import { DashboardDays } from './dashboard-days';
import { DashboardFigures } from './dashboard-figures';
import { DashboardPosts } from './dashboard-posts';

type Props = {
  /** As lib/site/dashboard.ts finds it. */
  view: { posts: PostsUnderWay | null; days: DashboardDay[]; mostRead: PostReads[] };
  chosen: Count;
  counts: DeskCounts;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  /** What an owner does first with a new blog; stands above all else. */
  firstSteps?: ReactNode;
  signOut: () => Promise<void>;
};

/** What the desk begins with: what waits, what is being written, and how the blog is read and talked about. */
export function DashboardScreen({ view: { posts, days, mostRead }, chosen, counts, site, person, firstSteps, signOut }: Props) {
  const count = new Intl.NumberFormat(site.language);
  return (
    <div className="desk">
      <QueueRail here="home" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="home" tabIndex={-1}>
        <h1>{t('site.home.heading')}</h1>
        {firstSteps}
        <DashboardFigures counts={counts} posts={posts} count={count} />
        {posts && <DashboardPosts posts={posts} site={site} showsAuthor={person.role === 'owner'} />}
        <DashboardDays days={days} mostRead={mostRead} chosen={chosen} site={site} count={count} />
      </main>
    </div>
  );
}

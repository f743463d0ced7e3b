import { countByDay } from '../comments/daily';
import { hasPosts } from '../identity/rules';
import type { Person } from '../identity/schema';
import { findPostsUnderWay, type PostsUnderWay } from '../posts/under-way';
import { listMostRead, listReadDays, type PostReads } from '../reads/queries';
import { lastDays } from './calendar';
import type { DashboardDay, DashboardDays } from './dashboard-days';

const MOST_READ = 10;

export type Dashboard = {
  /** What is being written; null for who has no posts. */
  posts: PostsUnderWay | null;
  /** The last days of the blog's calendar, today the last; one without anything is there too. */
  days: DashboardDay[];
  mostRead: PostReads[];
};

/** What the desk begins with, of what this person sees: an author of their own posts, a moderator of comments alone. */
export async function findDashboard(viewer: Person, count: DashboardDays, timeZone: string, now: Date): Promise<Dashboard> {
  const { days, end } = lastDays(count, timeZone, now);
  const between = { first: days[0]?.day ?? '', last: days.at(-1)?.day ?? '' };
  const [posts, comments, reads, mostRead] = await Promise.all([
    findPostsUnderWay(viewer, now), countByDay(viewer, [...days.map(({ at }) => at), end]), listReadDays(viewer, between), listMostRead(viewer, between, MOST_READ),
  ]);
  const readsOn = new Map(reads.map(({ day, count: readers }) => [day, readers]));
  return { posts, mostRead, days: days.map(({ day, at }, index) => ({ day, at, comments: comments[index] ?? 0, reads: hasPosts(viewer) ? (readsOn.get(day) ?? 0) : null })) };
}

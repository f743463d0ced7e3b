import { queuePath } from '@/lib/moderation/rules';
import type { PostReads } from '@/lib/reads/queries';
import { DASHBOARD_DAYS, dashboardPath, type DashboardDay, type DashboardDays as Count } from '@/lib/site/dashboard-days';
import type { SiteLocale } from '@/lib/site/schema';
import { DayChart } from '@/components/moderation/day-chart';
import { Time } from '@/components/ui/time';

type Props = { days: DashboardDay[]; mostRead: PostReads[]; chosen: Count; site: SiteLocale; count: Intl.NumberFormat };

/** Comments and reads on each of the last days, as a plot and in numbers, and what was read most. */
export function DashboardDays({ days, mostRead, chosen, site, count }: Props) {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const hasReads = first.reads !== null;
  const comments = days.reduce((sum, day) => sum + day.comments, 0);
  const reads = days.reduce((sum, day) => sum + (day.reads ?? 0), 0);
  const axis = <p className="home-axis"><Time at={first.at} site={site} /><Time at={last.at} site={site} /></p>;
  return (
    <section className="home-part" aria-labelledby="home-days">
      <div className="home-head">
        <h2 id="home-days">The last {chosen} days</h2>
        <nav aria-label="How many days">
          {DASHBOARD_DAYS.map((number) => <a key={number} href={dashboardPath(number)} aria-current={number === chosen ? 'true' : undefined}>{number}<span className="sr-only"> days</span></a>)}
        </nav>
      </div>
      {hasReads && (
        <figure className="home-chart">
          <figcaption>Reads <strong>{count.format(reads)}</strong></figcaption>
          <DayChart days={days.map(({ day, reads: number }) => ({ day, count: number ?? 0 }))} name="Reads" colour="accent" language={site.language} />
          {axis}
        </figure>
      )}
      <figure className="home-chart">
        <figcaption>Published comments <a href={queuePath({ queue: 'approved', from: first.day, to: last.day })}><strong>{count.format(comments)}</strong></a></figcaption>
        <DayChart days={days.map(({ day, comments: number }) => ({ day, count: number }))} name="Comments" colour="good" language={site.language} />
        {axis}
      </figure>
      {hasReads && <p className="home-note">A reader counts once a day for each post. Who writes or moderates here is not counted, nor is a program.</p>}
      <Numbers days={days} hasReads={hasReads} site={site} count={count} />
      {hasReads && <MostRead posts={mostRead} count={count} />}
    </section>
  );
}

function Numbers({ days, hasReads, site, count }: { days: DashboardDay[]; hasReads: boolean; site: SiteLocale; count: Intl.NumberFormat }) {
  return (
    <details className="log-table">
      <summary>The same in numbers</summary>
      <table>
        <caption className="sr-only">{hasReads ? 'Reads and published comments a day' : 'Published comments a day'}</caption>
        <thead><tr><th scope="col">Day</th>{hasReads && <th scope="col">Reads</th>}<th scope="col">Comments</th></tr></thead>
        <tbody>
          {[...days].reverse().map(({ day, at, reads, comments }) => (
            <tr key={day}>
              <th scope="row"><Time at={at} site={site} /></th>
              {hasReads && <td>{count.format(reads ?? 0)}</td>}
              <td>{comments === 0 ? 0 : <a href={queuePath({ queue: 'approved', from: day, to: day })}>{count.format(comments)}</a>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function MostRead({ posts, count }: { posts: PostReads[]; count: Intl.NumberFormat }) {
  return (
    <>
      <h3 id="home-most-read">Most read</h3>
      {posts.length === 0 && <p className="home-note">Nothing was read in these days.</p>}
      {posts.length > 0 && (
        <ol className="home-most" aria-labelledby="home-most-read">
          {posts.map(({ id, slug, title, count: reads }) => (
            <li key={id}>
              <a href={`/posts/${encodeURIComponent(slug)}`}>{title.trim() || 'A post without a title'}</a>
              <span>{count.format(reads)} {reads === 1 ? 'read' : 'reads'}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

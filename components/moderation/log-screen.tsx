import { EmptyState } from '@/components/ui/empty-state';
import type { Person } from '@/lib/identity/schema';
import type { LogFigures as Figures } from '@/lib/moderation/log-figures';
import { logFilePath, logPath, type LogFilter } from '@/lib/moderation/log-filter';
import type { LogView } from '@/lib/moderation/log';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { LogEntryLine } from './log-entry-line';
import { LogFigures } from './log-figures';
import { LogFilters } from './log-filters';
import { QueueRail } from './queue-rail';

type Props = {
  view: LogView;
  filter: LogFilter;
  isFirstPage: boolean;
  figures: Figures | null;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** Who decided what: how long comments wait, decisions a day, and each of them. */
export function LogScreen({ view, filter, isFirstPage, figures, counts, site, person, signOut }: Props) {
  const isNarrowed = logPath(filter) !== logPath();
  return (
    <div className="desk">
      <QueueRail here="log" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="log" tabIndex={-1}>
        <h1>Log</h1>
        <p className="log-tools"><a href="/admin/log/people">What was done about people</a></p>
        {figures && <LogFigures figures={figures} pending={counts.pending} site={site} />}
        <section className="log-part" aria-labelledby="log-decisions">
          <h2 id="log-decisions">Decisions</h2>
          <LogFilters view={view} filter={filter} />
          <p className="log-tools">
            <a href={logFilePath(filter)} download>Download as CSV</a>
            {isNarrowed && <a href={logPath()}>Clear filters</a>}
          </p>
          {view.entries.length === 0 && <EmptyState>{isNarrowed ? 'Nothing was decided that fits this filter.' : 'Nothing has been decided yet.'}</EmptyState>}
          <ol className="log-list" aria-label="Decisions, newest first">
            {view.entries.map((entry) => <li key={entry.id}><LogEntryLine entry={entry} filter={filter} site={site} /></li>)}
          </ol>
          {(view.next !== null || !isFirstPage) && (
            <nav className="log-pages" aria-label="Pages of the log">
              {!isFirstPage && <a href={logPath(filter)}>Newest decisions</a>}
              {view.next !== null && <a href={logPath(filter, view.next)} rel="next">Older decisions</a>}
            </nav>
          )}
        </section>
      </main>
    </div>
  );
}

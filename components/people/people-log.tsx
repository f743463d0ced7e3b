import { QueueRail } from '@/components/moderation/queue-rail';
import { EmptyState } from '@/components/ui/empty-state';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { PeopleAct } from '@/lib/people/history';
import { personPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { ActWords } from './person-history';

type Props = {
  acts: { items: PeopleAct[]; next: string | null };
  isFirstPage: boolean;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'name' | 'role'>;
  signOut: () => Promise<void>;
};

const PATH = '/admin/log/people';

/** What was done about people, beside the log of decisions on comments. */
export function PeopleLog({ acts, isFirstPage, counts, site, person, signOut }: Props) {
  return (
    <div className="desk">
      <QueueRail here="log" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="log" tabIndex={-1}>
        <h1>What was done about people</h1>
        <p className="log-tools"><a href="/admin/log">Decisions on comments</a></p>
        {acts.items.length === 0 && <EmptyState>Nobody was given a role, a standing or a warning yet.</EmptyState>}
        <ol className="log-list" aria-label="Acts, newest first">
          {acts.items.map((act) => (
            <li key={act.id} className="log-act">
              <a className="log-who" href={personPath(act.person.id)}>{act.person.name}</a>
              <span><ActWords act={act} site={site} /></span>
            </li>
          ))}
        </ol>
        {(acts.next !== null || !isFirstPage) && (
          <nav className="log-pages" aria-label="Pages of the log">
            {!isFirstPage && <a href={PATH}>Newest</a>}
            {acts.next !== null && <a href={`${PATH}?before=${acts.next}`} rel="next">Older</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import { PERSON_ACTS, peopleLogFilePath, peopleLogPath, TOLD_MODERATORS, type PeopleLogFilter, type PersonActKind } from '@/lib/people/log-filter';
import type { PeopleLogView } from '@/lib/people/people-log';
import { personPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { ActWords } from './person-history';

type Props = {
  view: PeopleLogView;
  filter: PeopleLogFilter;
  isFirstPage: boolean;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  signOut: () => Promise<void>;
};

/** What was done about people, beside the log of decisions on comments. */
export function PeopleLog({ view: { acts, next, deciders }, filter, isFirstPage, counts, site, person, signOut }: Props) {
  const isNarrowed = peopleLogPath(filter) !== peopleLogPath();
  return (
    <div className="desk">
      <QueueRail here="log" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="log" tabIndex={-1}>
        <h1>What was done about people</h1>
        <p className="log-tools"><a href="/admin/log">Decisions on comments</a></p>
        <Filters deciders={deciders} filter={filter} kinds={person.role === 'owner' ? ALL_KINDS : TOLD_MODERATORS} />
        <p className="log-tools">
          <a href={peopleLogFilePath(filter)} download>Download as CSV</a>
          {isNarrowed && <a href={peopleLogPath()}>Clear filters</a>}
        </p>
        {acts.length === 0 && <EmptyState>{isNarrowed ? 'Nothing was done that fits this filter.' : 'Nothing here yet.'}</EmptyState>}
        <ol className="log-list" aria-label="Acts, newest first">
          {acts.map((act) => (
            <li key={act.id} className="log-act">
              <a className="log-who" href={personPath(act.person.id)}>{act.person.name}</a>
              <span><ActWords act={act} site={site} /></span>
            </li>
          ))}
        </ol>
        {(next !== null || !isFirstPage) && (
          <nav className="log-pages" aria-label="Pages of the log">
            {!isFirstPage && <a href={peopleLogPath(filter)}>Newest</a>}
            {next !== null && <a href={peopleLogPath(filter, next)} rel="next">Older</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

const ALL_KINDS = Object.keys(PERSON_ACTS) as PersonActKind[];

type FiltersProps = Pick<PeopleLogView, 'deciders'> & { filter: PeopleLogFilter; kinds: readonly PersonActKind[] };

function Filters({ deciders, filter: { who, what, from, to }, kinds }: FiltersProps) {
  return (
    <form className="log-filters log-filters--people" role="search" aria-label="Acts" method="get" action={peopleLogPath()}>
      <SelectField id="log-who" name="who" label="Who" defaultValue={who ?? ''} options={[{ value: '', label: 'Anybody' }, ...deciders.map(({ id, name }) => ({ value: id, label: name }))]} />
      <SelectField id="log-what" name="what" label="What" defaultValue={what ?? ''} options={[{ value: '', label: 'Anything' }, ...kinds.map((value) => ({ value, label: PERSON_ACTS[value] }))]} />
      <Field id="log-from" name="from" type="date" label="From" defaultValue={from ?? ''} />
      <Field id="log-to" name="to" type="date" label="To" defaultValue={to ?? ''} />
      <Button quiet>Filter</Button>
    </form>
  );
}

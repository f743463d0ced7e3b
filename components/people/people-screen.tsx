import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { OpenInvitation, PeopleView } from '@/lib/people/queries';
import { peoplePath } from '@/lib/people/rules';
import { ROLES, SEARCH_MAX_CHARACTERS, STANDING_NAMES, STANDINGS, type ActState, type PeopleSearch } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { InvitationsForm } from './invitations-form';
import { PersonRow } from './person-row';

type Props = {
  view: PeopleView;
  search: PeopleSearch;
  /** Null for those who do not invite. */
  invitations: OpenInvitation[] | null;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  inviteAction: (state: ActState, form: FormData) => Promise<ActState>;
  signOut: () => Promise<void>;
};

/** Everybody who has an account, and every name used on one post only: to find, and for the owner to invite. */
export function PeopleScreen({ view: { people, next }, search, invitations, counts, site, person, inviteAction, signOut }: Props) {
  const { q, role, standing, before } = search;
  const isNarrowed = q !== '' || role !== null || standing !== null;
  return (
    <div className="desk">
      <QueueRail here="people" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="people" tabIndex={-1}>
        <h1>People</h1>
        {invitations && (
          <section className="people-sheet" aria-labelledby="invite-title">
            <h2 id="invite-title">Invite somebody</h2>
            <InvitationsForm invitations={invitations} site={site} action={inviteAction} />
          </section>
        )}
        <FindPeople search={search} findsAddresses={invitations !== null} />
        {isNarrowed && <p className="people-found"><a href={peoplePath()}>Show everybody</a></p>}
        {people.length === 0 && <p className="queue-empty">{before ? 'There is nobody further down.' : 'Nobody is found. Try fewer letters, or show everybody.'}</p>}
        <ul className="people-list" aria-label="People">
          {people.map((row) => <li key={row.id}><PersonRow person={row} site={site} /></li>)}
        </ul>
        {(before ?? next) && (
          <nav className="people-pages" aria-label="Pages of people">
            {before && <a href={peoplePath({ q, role, standing })}>Newest people</a>}
            {next && <a href={peoplePath({ q, role, standing, before: next })} rel="next">Older people</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

function FindPeople({ search: { q, role, standing }, findsAddresses }: { search: PeopleSearch; findsAddresses: boolean }) {
  return (
    <form className="people-find" role="search" aria-label="Find people" method="get" action={peoplePath()}>
      <Field id="q" name="q" type="search" label={findsAddresses ? 'Name or email' : 'Name'} maxLength={SEARCH_MAX_CHARACTERS} defaultValue={q} />
      <SelectField id="find-role" name="role" label="Only role" defaultValue={role ?? ''} options={[{ value: '', label: 'any' }, ...ROLES.map((value) => ({ value, label: value }))]} />
      <SelectField id="find-standing" name="standing" label="Only standing" defaultValue={standing ?? ''} options={[{ value: '', label: 'any' }, ...STANDINGS.map((value) => ({ value, label: STANDING_NAMES[value] }))]} />
      <Button quiet>Find</Button>
    </form>
  );
}

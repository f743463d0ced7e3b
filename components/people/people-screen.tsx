import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { OpenInvitation, PeopleView } from '@/lib/people/queries';
import { peoplePath } from '@/lib/people/rules';
import { ROLES, SEARCH_MAX_CHARACTERS, STANDINGS, type ActState, type PeopleSearch } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { InvitationsForm } from './invitations-form';
import { PersonRow } from './person-row';
import { t } from '@/lib/words/t';

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
        <h1>{t('people.list.heading')}</h1>
        {invitations && (
          <section className="people-sheet" aria-labelledby="invite-title">
            <h2 id="invite-title">{t('people.list.invite')}</h2>
            <InvitationsForm invitations={invitations} site={site} action={inviteAction} />
          </section>
        )}
        <FindPeople search={search} findsAddresses={invitations !== null} />
        {isNarrowed && <p className="people-found"><a href={peoplePath()}>{t('people.list.showEverybody')}</a></p>}
        {people.length === 0 && <p className="queue-empty">{before ? t('people.list.nobodyFurther') : t('people.list.nobodyFound')}</p>}
        <ul className="people-list" aria-label={t('people.list.heading')}>
          {people.map((row) => <li key={row.id}><PersonRow person={row} site={site} /></li>)}
        </ul>
        {(before ?? next) && (
          <nav className="people-pages" aria-label={t('people.list.pages')}>
            {before && <a href={peoplePath({ q, role, standing })}>{t('people.list.newest')}</a>}
            {next && <a href={peoplePath({ q, role, standing, before: next })} rel="next">{t('people.list.older')}</a>}
          </nav>
        )}
      </main>
    </div>
  );
}

function FindPeople({ search: { q, role, standing }, findsAddresses }: { search: PeopleSearch; findsAddresses: boolean }) {
  return (
    <form className="people-find" role="search" aria-label={t('people.find.heading')} method="get" action={peoplePath()}>
      <Field id="q" name="q" type="search" label={findsAddresses ? t('people.find.nameOrEmail') : t('people.find.name')} maxLength={SEARCH_MAX_CHARACTERS} defaultValue={q} />
      <SelectField id="find-role" name="role" label={t('people.find.role')} defaultValue={role ?? ''} options={[{ value: '', label: t('people.find.any') }, ...ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))]} />
      <SelectField id="find-standing" name="standing" label={t('people.find.standing')} defaultValue={standing ?? ''} options={[{ value: '', label: t('people.find.any') }, ...STANDINGS.map((value) => ({ value, label: t(`people.standings.${value}`) }))]} />
      <Button quiet>{t('people.find.submit')}</Button>
    </form>
  );
}

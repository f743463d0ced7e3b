import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import type { PersonView } from '@/lib/people/history';
import { peoplePath, personPath } from '@/lib/people/rules';
import { COMMENT_STATES, type ActState, type HistorySearch } from '@/lib/people/schema';
import { wallClockIn } from '@/lib/site/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Portrait } from '@/components/identity/portrait';
import { QueueRail } from '@/components/moderation/queue-rail';
import { Time } from '@/components/ui/time';
import { NotesForm } from './notes-form';
import { MadeDecisions, PersonActs, PersonComments, PostLink } from './person-history';
import { CommentCounts, ContactLine, Standing } from './person-row';
import { RoleForm } from './role-form';
import { SessionsEndForm } from './sessions-end-form';
import { StandingForm } from './standing-form';
import { WarningForm } from './warning-form';
import { t } from '@/lib/words/t';

type Act = (state: ActState, form: FormData) => Promise<ActState>;

type Props = {
  view: PersonView;
  search: HistorySearch;
  counts: Record<Queue, number>;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  actions: { role: Act; sessions: Act; standing: Act; warning: Act; note: Act };
  signOut: () => Promise<void>;
};

/** One person, or one name on a post: who it is to the viewer, what can be done about them, and their history. */
export function PersonScreen({ view, search, counts, site, person, actions, signOut }: Props) {
  const { id, acts, decisions } = view;
  return (
    <div className="desk">
      <QueueRail here="people" counts={counts} person={person} signOut={signOut} />
      <main id="content" className="people people--one" tabIndex={-1}>
        <p className="people-back"><a href={peoplePath()}>{t('people.list.all')}</a></p>
        <PersonHead view={view} site={site} />
        <div className="people-acts">
          <PersonForms view={view} site={site} actions={actions} />
        </div>
        <div className="people-history">
          <section id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{t('people.history.comments')}</h2>
            <div className="people-states">
              <CommentCounts id={id} counts={view.counts} states={COMMENT_STATES} current={search.state} />
              {search.state !== null && <a href={personPath(id, {}, 'comments')}>{t('people.history.showAll')}</a>}
            </div>
            <PersonComments view={view} search={search} site={site} />
          </section>
          {acts.length > 0 && (
            <section aria-labelledby="acts-title">
              <h2 id="acts-title">{t('people.history.acts')}</h2>
              <PersonActs acts={acts} site={site} />
            </section>
          )}
          {(decisions.items.length > 0 || search.made !== null) && (
            <section id="decisions" aria-labelledby="decisions-title">
              <h2 id="decisions-title">{t('people.history.decisions')}</h2>
              <MadeDecisions view={view} search={search} site={site} />
            </section>
          )}
        </div>
      </main>
    </div>
  );
}

function PersonHead({ view, site }: { view: PersonView; site: SiteLocale }) {
  const { name, role, post, contact, who, names } = view;
  return (
    <header className="people-head">
      <Portrait name={name} picture={view.picture} size="large" />
      <h1>{name}</h1>
      <p className="people-facts">
        <span>{t(`people.roles.${role}`)}</span> <Standing person={view} site={site} /> <span>{t.rich('people.person.since', { time: () => <Time at={view.since} site={site} /> })}</span>
      </p>
      {contact && <p className="person-note"><ContactLine contact={contact} /></p>}
      {post && <p>{t.rich('people.person.onlyOn', { post: () => <PostLink post={post} /> })}</p>}
      {who && <p className="people-secret">{t.rich('people.person.usedBy', { name: who.name, person: (chunks) => <a href={personPath(who.id)}>{chunks}</a> })}</p>}
      {names.length > 0 && (
        <div className="people-secret">
          <p>{t('people.person.names')}</p>
          <ul>
            {names.map(({ id, name: used, post: on }) => (
              <li key={id}>{t.rich('people.person.nameOn', { name: used, person: (chunks) => <a href={personPath(id)}>{chunks}</a>, post: () => <PostLink post={on} /> })}</li>
            ))}
          </ul>
        </div>
      )}
    </header>
  );
}

function PersonForms({ view, site, actions }: Pick<Props, 'view' | 'site' | 'actions'>) {
  const { id, role, standing, standingUntil, standingMark, standingReason, standingRefusal, warning, mayChangeRole, notes } = view;
  return (
    <>
      <section className="people-sheet" aria-labelledby="standing-title">
        <h2 id="standing-title">{t('people.standing.heading')}</h2>
        {standingRefusal !== null && <p className="person-note">{standingRefusal}</p>}
        {standingRefusal === null && standing !== null && (
          <StandingForm person={{ id, standing, mark: standingMark, reason: standing === 'normal' ? '' : standingReason }} until={standingUntil ? wallClockIn(standingUntil, site.timeZone) : ''} timeZone={site.timeZone} action={actions.standing} />
        )}
      </section>
      {standingRefusal === null && standing !== null && (
        <section className="people-sheet" aria-labelledby="warning-title">
          <h2 id="warning-title">{t('people.warning.heading')}</h2>
          <WarningForm person={id} unread={warning} action={actions.warning} />
        </section>
      )}
      {mayChangeRole && (
        <section className="people-sheet" aria-labelledby="role-title">
          <h2 id="role-title">{t('people.role.heading')}</h2>
          <RoleForm person={{ id, role }} action={actions.role} />
        </section>
      )}
      {mayChangeRole && (
        <section className="people-sheet" aria-labelledby="sessions-title">
          <h2 id="sessions-title">{t('people.sessions.heading')}</h2>
          <SessionsEndForm person={id} action={actions.sessions} />
        </section>
      )}
      {notes && (
        <section className="people-sheet" aria-labelledby="notes-title">
          <h2 id="notes-title">{t('people.notes.heading')}</h2>
          <NotesForm person={id} notes={notes} site={{ language: site.language, timeZone: site.timeZone }} action={actions.note} />
        </section>
      )}
    </>
  );
}

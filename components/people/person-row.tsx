import type { Contact, Counts, PersonRow as Row } from '@/lib/people/queries';
import { personPath } from '@/lib/people/rules';
import { STANDING_NAMES, STATE_NAMES, type CommentState, type SignInWay } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Portrait } from '@/components/identity/portrait';
import { Time } from '@/components/ui/time';

const WAYS: Record<SignInWay, string> = { google: 'Google', twitter: 'Twitter', facebook: 'Facebook', email: 'email' };
const COUNTED = ['approved', 'pending', 'spam'] as const satisfies readonly CommentState[];

/** One line of the list of people. */
export function PersonRow({ person, site }: { person: Row; site: SiteLocale }) {
  const { id, name, post, contact } = person;
  return (
    <article className="person" aria-labelledby={`person-${id}`}>
      <Portrait name={name} picture={person.picture} />
      <div className="person-who">
        <h2 className="person-name" id={`person-${id}`}><a href={personPath(id)}>{name}</a></h2>
        {post && <p className="person-note">A name on this post only: {post.title || 'a post without a title'}</p>}
        {contact && <p className="person-note"><ContactLine contact={contact} /></p>}
      </div>
      <p className="person-role">{person.role}</p>
      <p className="person-standing"><Standing person={person} site={site} /></p>
      <CommentCounts id={id} counts={person.counts} states={COUNTED} />
      <p className="person-since">since <Time at={person.since} site={site} /></p>
    </article>
  );
}

/** A standing of this moment in words; a name on one post has none. */
export function Standing({ person: { standing, standingUntil, post }, site }: { person: Pick<Row, 'standing' | 'standingUntil' | 'post'>; site: SiteLocale }) {
  if (standing === null) return <span className="standing">{post ? 'no standing of its own' : ''}</span>;
  return (
    <span className={`standing standing--${standing}`}>
      {STANDING_NAMES[standing]}
      {standingUntil && <> until <Time at={standingUntil} site={site} withClock /></>}
    </span>
  );
}

/** How many comments there are in each state, each number a link to them. */
export function CommentCounts({ id, counts, states, current = null }: { id: string; counts: Counts; states: readonly CommentState[]; current?: CommentState | null }) {
  return (
    <ul className="person-counts" aria-label="Comments">
      {states.map((state) => (
        <li key={state}>
          <a className={counts[state] === 0 ? 'person-count person-count--none' : 'person-count'} href={personPath(id, { state }, 'comments')} aria-current={state === current ? 'true' : undefined}>{counts[state]} {STATE_NAMES[state]}</a>
        </li>
      ))}
    </ul>
  );
}

/** For owners: the address and how the person signs in. */
export function ContactLine({ contact: { email, isProven, ways } }: { contact: Contact }) {
  const says = [email === null ? 'no address' : isProven ? email : `${email} (not proven yet)`, ways.length > 0 ? `signs in by ${ways.map((way) => WAYS[way] ?? way).join(', ')}` : 'has not signed in'];
  return <>{says.join(' · ')}</>;
}

import { DECISION_WORDS } from '@/lib/moderation/rules';
import type { PersonAct, PersonComment, PersonView } from '@/lib/people/history';
import { PERSON_ACTS } from '@/lib/people/log-filter';
import { cardPath, personPath, readStandingMark } from '@/lib/people/rules';
import { STANDING_NAMES, STATE_NAMES, type HistorySearch, type Standing } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';

type Post = PersonComment['post'];
const titleOf = ({ title }: Post): string => title || 'a post without a title';

/** A link to a post by its title. */
export function PostLink({ post }: { post: Post }) {
  return <a href={`/posts/${encodeURIComponent(post.slug)}`}>{titleOf(post)}</a>;
}

type Search = { search: HistorySearch; site: SiteLocale };

/** What a person wrote, newest first, with what was decided about it. */
export function PersonComments({ view: { id, comments }, search: { state, before }, site }: { view: PersonView } & Search) {
  return (
    <>
      {comments.items.length === 0 && <p className="people-none">{state === null ? 'Nothing yet.' : 'Nothing here.'}</p>}
      <ol className="history" aria-label="Comments, newest first">
        {comments.items.map((comment) => (
          <li key={comment.id} className={`history-item history-item--${comment.status}`}>
            <p className="history-head">
              <span className="history-state">{STATE_NAMES[comment.status]}</span> on <PostLink post={comment.post} />
              <Time at={comment.createdAt} site={site} withClock />
            </p>
            <p className="history-text">{comment.text || 'A comment without words.'}</p>
            {comment.events.length > 0 && (
              <ul className="history-events">
                {comment.events.map((event) => (
                  <li key={event.id}>{DECISION_WORDS[event.decision]}{event.actorName ? ` by ${event.actorName}` : ''}, <Time at={event.createdAt} site={site} withClock /></li>
                ))}
              </ul>
            )}
            <p><a className="history-card" href={cardPath(comment.id)} aria-label={`Open in the queue: the comment on ${titleOf(comment.post)}`}>Open in the queue</a></p>
          </li>
        ))}
      </ol>
      <p className="people-pages">
        {before && <a href={personPath(id, { state }, 'comments')}>Newest comments</a>}
        {comments.next && <a href={personPath(id, { state, before: comments.next }, 'comments')}>Older comments</a>}
      </p>
    </>
  );
}

const ACT_NAMES: Partial<Record<string, string>> = PERSON_ACTS;

/** What was done about a person. */
export function PersonActs({ acts, site }: { acts: PersonAct[]; site: SiteLocale }) {
  return (
    <ol className="history-lines" aria-label="What was done about them">
      {acts.map((act) => <li key={act.id}><ActWords act={act} site={site} /></li>)}
    </ol>
  );
}

/** One act on a person: what changed, why, by whom and when. */
export function ActWords({ act, site }: { act: PersonAct; site: SiteLocale }) {
  return (
    <>
      {ACT_NAMES[act.what] ?? act.what}: {act.what !== 'warning' && <><Mark mark={act.from} site={site} /> → </>}<strong><Mark mark={act.to} site={site} /></strong>
      {act.reason && <q className="history-reason">{act.reason}</q>}
      <small>{act.actorName && <>{act.what === 'invitation' ? 'invited by' : 'by'} {act.actorName}, </>}<Time at={act.createdAt} site={site} withClock /></small>
    </>
  );
}

function Mark({ mark, site }: { mark: string; site: SiteLocale }) {
  const { word, until } = readStandingMark(mark);
  if (!(word in STANDING_NAMES)) return <>{mark}</>;
  return <>{STANDING_NAMES[word as Standing]}{until && <> until <Time at={until} site={site} withClock /></>}</>;
}

/** The decisions that somebody who runs the blog made. */
export function MadeDecisions({ view: { id, decisions }, search: { made }, site }: { view: PersonView } & Search) {
  return (
    <>
      <ol className="history-lines" aria-label="Decisions made, newest first">
        {decisions.items.map(({ id: event, decision, createdAt, comment }) => (
          <li key={event}>
            <span>
              {DECISION_WORDS[decision]}: {comment.isThere ? <a href={cardPath(comment.id)}>comment by {comment.name || 'somebody'}</a> : 'a comment that is deleted'} on <PostLink post={comment.post} />
            </span>
            <small><Time at={createdAt} site={site} withClock /></small>
          </li>
        ))}
      </ol>
      <p className="people-pages">
        {made && <a href={personPath(id, {}, 'decisions')}>Newest decisions</a>}
        {decisions.next && <a href={personPath(id, { made: decisions.next }, 'decisions')}>Older decisions</a>}
      </p>
    </>
  );
}

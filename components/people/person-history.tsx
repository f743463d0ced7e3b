import type { ReactNode } from 'react';
import { decisionName } from '@/lib/moderation/rules';
import type { CommentEvent, MadeDecision, PersonAct, PersonComment, PersonView } from '@/lib/people/history';
import { PERSON_ACTS } from '@/lib/people/log-filter';
import { cardPath, personPath, readStandingMark } from '@/lib/people/rules';
import { ROLES, STANDINGS, type HistorySearch } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';
import { t } from '@/lib/words/t';

type Post = PersonComment['post'];
const titleOf = ({ title }: Post): string => title || t('people.person.untitledPost');

/** A link to a post by its title. */
export function PostLink({ post }: { post: Post }) {
  return <a href={`/posts/${encodeURIComponent(post.slug)}`}>{titleOf(post)}</a>;
}

type Search = { search: HistorySearch; site: SiteLocale };

/** What a person wrote, newest first, with what was decided about it. */
export function PersonComments({ view: { id, comments }, search: { state, before }, site }: { view: PersonView } & Search) {
  return (
    <>
      {comments.items.length === 0 && <p className="people-none">{state === null ? t('people.history.none') : t('people.history.noneInState')}</p>}
      <ol className="history" aria-label={t('people.history.commentsNewestFirst')}>
        {comments.items.map((comment) => (
          <li key={comment.id} className={`history-item history-item--${comment.status}`}>
            <p className="history-head">
              {t.rich('people.history.stateOn', {
                name: t(`people.commentStates.${comment.status}`), state: (chunks) => <span className="history-state">{chunks}</span>, post: () => <PostLink post={comment.post} />,
              })}
              <Time at={comment.createdAt} site={site} withClock />
            </p>
            <p className="history-text">{comment.text || t('people.history.wordless')}</p>
            {comment.events.length > 0 && (
              <ul className="history-events">
                {comment.events.map((event) => (
                  <li key={event.id}><EventWords event={event} site={site} /></li>
                ))}
              </ul>
            )}
            <p><a className="history-card" href={cardPath(comment.id)} aria-label={t('people.history.openComment', { title: titleOf(comment.post) })}>{t('people.history.open')}</a></p>
          </li>
        ))}
      </ol>
      <p className="people-pages">
        {before && <a href={personPath(id, { state }, 'comments')}>{t('people.history.newestComments')}</a>}
        {comments.next && <a href={personPath(id, { state, before: comments.next }, 'comments')}>{t('people.history.olderComments')}</a>}
      </p>
    </>
  );
}

function EventWords({ event: { decision: made, actorName: name, createdAt }, site }: { event: CommentEvent; site: SiteLocale }) {
  const [decision, time] = [decisionName(made), () => <Time at={createdAt} site={site} withClock />];
  return <>{name ? t.rich('people.history.decidedBy', { decision, name, time }) : t.rich('people.history.decided', { decision, time })}</>;
}

/** What was done about a person. */
export function PersonActs({ acts, site }: { acts: PersonAct[]; site: SiteLocale }) {
  return (
    <ol className="history-lines" aria-label={t('people.history.acts')}>
      {acts.map((act) => <li key={act.id}><ActWords act={act} site={site} /></li>)}
    </ol>
  );
}

/** One act on a person: what changed, why, by whom and when. */
export function ActWords({ act, site }: { act: PersonAct; site: SiteLocale }) {
  const kind = PERSON_ACTS.find((one) => one === act.what);
  return (
    <>
      {kind ? t(`people.acts.${kind}`) : act.what}: {act.from !== '' && act.what !== 'warning' && <><Mark mark={act.from} site={site} /> → </>}<strong><Mark mark={act.to} site={site} /></strong>
      {act.reason && <q className="history-reason">{act.reason}</q>}
      <small><ActEnd act={act} site={site} /></small>
    </>
  );
}

function ActEnd({ act: { what, actorName: name, createdAt }, site }: { act: PersonAct; site: SiteLocale }) {
  const time = () => <Time at={createdAt} site={site} withClock />;
  if (!name) return time();
  return <>{what === 'invitation' ? t.rich('people.history.invitedBy', { name, time }) : t.rich('people.history.by', { name, time })}</>;
}

function Mark({ mark, site }: { mark: string; site: SiteLocale }) {
  const { word, until } = readStandingMark(mark);
  const standing = STANDINGS.find((one) => one === word);
  if (!standing) return <>{markWords(mark)}</>;
  return <>{until ? t.rich('people.person.standingUntil', { standing: t(`people.standings.${standing}`), time: () => <Time at={until} site={site} withClock /> }) : t(`people.standings.${standing}`)}</>;
}

/** What became of a warning, or a role; what else stands there as it stands. */
function markWords(mark: string): string {
  const role = ROLES.find((one) => one === mark);
  if (role) return t(`people.roles.${role}`);
  if (mark === 'given' || mark === 'read') return t(`people.warnings.${mark}`);
  return mark === 'taken back' ? t('people.warnings.takenBack') : mark;
}

/** The decisions that somebody who runs the blog made. */
export function MadeDecisions({ view: { id, decisions }, search: { made }, site }: { view: PersonView } & Search) {
  return (
    <>
      <ol className="history-lines" aria-label={t('people.history.decisionsNewestFirst')}>
        {decisions.items.map(({ id: event, decision, createdAt, comment }) => (
          <li key={event}>
            <span>{decisionWords(decisionName(decision), comment)}</span>
            <small><Time at={createdAt} site={site} withClock /></small>
          </li>
        ))}
      </ol>
      <p className="people-pages">
        {made && <a href={personPath(id, {}, 'decisions')}>{t('people.history.newestDecisions')}</a>}
        {decisions.next && <a href={personPath(id, { made: decisions.next }, 'decisions')}>{t('people.history.olderDecisions')}</a>}
      </p>
    </>
  );
}

function decisionWords(decision: string, { id, name, isThere, post: about }: MadeDecision['comment']): ReactNode {
  const post = () => <PostLink post={about} />;
  if (!isThere) return t.rich('people.history.decisionOnDeleted', { decision, post });
  return t.rich('people.history.decisionOnComment', { decision, name: name || t('people.history.somebody'), comment: (chunks) => <a href={cardPath(id)}>{chunks}</a>, post });
}

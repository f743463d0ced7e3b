'use client';

import { useState, type MouseEvent } from 'react';
import { repliesPath } from '@/lib/comments/reply-desk';
import type { UnansweredPost, UnansweredView } from '@/lib/comments/unanswered';
import type { Person } from '@/lib/identity/schema';
import type { DeskCounts } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { DeskContext, type DeskAsks } from './desk-context';
import { useKeptFocus } from './keep-focus';
import { KeysHelp } from './keys-help';
import { QueueRail } from './queue-rail';
import { useRepliesActs, type RepliesAction, type RepliesActs } from './replies-acts';
import { RepliesCard } from './replies-card';
import { REPLIES_KEYS, useRepliesKeys } from './replies-keys';
import { RepliesStatus } from './replies-status';
import { RepliesTools } from './replies-tools';

type Props = {
  view: UnansweredView;
  counts: DeskCounts;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  /** Whether the desk listens to this person's keys. */
  hasKeys: boolean;
  action: RepliesAction;
  keysAction: DeskAsks['keys'];
  signOut: () => Promise<void>;
};

const noSource = () => Promise.resolve(null);
const never = () => false;
const ignore = () => undefined;

/** What an author has not answered yet, by post, the oldest first; each with its answer where it stands. */
export function RepliesScreen({ view, counts, site, person, hasKeys, action, keysAction, signOut }: Props) {
  const acts = useRepliesActs(action);
  const [keys, setKeys] = useState(hasKeys);
  const [isHelpOpen, openHelp] = useState(false);
  const { returnFocus, props: keptFocus } = useKeptFocus();
  const deskKeys = useRepliesKeys({ isOn: keys, acts, help: () => openHelp(true) });
  const count = new Intl.NumberFormat(site.language);
  const { filter, posts, hasMore } = view;
  const isEmpty = posts.every(({ comments }) => comments.every(({ id }) => acts.isLeaving(id)));
  const turnKeys = (isOn: boolean) => {
    setKeys(isOn);
    keysAction(isOn).catch(() => acts.say(t('moderation.keysHelp.unanswered')));
  };
  return (
    <DeskContext value={{ source: noSource, isSelected: never, select: ignore, returnFocus }}>
      <div className="desk">
        <QueueRail here="replies" counts={counts} person={person} signOut={signOut} />
        <main id="content" className="queue replies" tabIndex={-1} {...keptFocus} {...deskKeys}>
          <div className="queue-top">
            <h1 tabIndex={-1} data-start>{t('moderation.replies.heading')}</h1>
            <KeysHelp isOn={keys} turn={turnKeys} isOpen={isHelpOpen} open={openHelp} list={REPLIES_KEYS} />
          </div>
          <p className="replies-lead">{view.total === 0 ? t('moderation.replies.nothing') : t('moderation.replies.waiting', { count: view.total })}</p>
          <RepliesTools view={view} act={acts.act} isPending={acts.isPending} />
          <RepliesStatus state={acts.state} act={acts.act} />
          {isEmpty && <EmptyState>{acts.isPending || hasMore ? t('moderation.queue.oneMoment') : t('moderation.replies.allAnswered')}</EmptyState>}
          <div aria-busy={acts.isPending} onClickCapture={ignoreSecondClick}>
            {posts.map((post) => <Group key={post.id} post={post} site={site} acts={acts} count={count} />)}
          </div>
          <Pager label={t('moderation.replies.pages')} page={filter.page} hasMore={hasMore} hrefOf={(page) => repliesPath({ ...filter, page })} back={t('moderation.queue.older')} on={t('moderation.queue.newer')} />
        </main>
      </div>
    </DeskContext>
  );
}

function Group({ post, site, acts, count }: { post: UnansweredPost; site: SiteLocale; acts: RepliesActs; count: Intl.NumberFormat }) {
  const { id, slug, title, isOpen, comments } = post;
  return (
    <section className="replies-post" aria-labelledby={`post-${id}`} hidden={comments.every((comment) => acts.isLeaving(comment.id))}>
      <h2 id={`post-${id}`}><a href={`/posts/${encodeURIComponent(slug)}`}>{title || t('moderation.unnamed.postHeading')}</a> <span>{count.format(post.count)}</span></h2>
      {!isOpen && <p className="card-meta">{t.rich('moderation.replies.closed', { link: (words) => <a href={`/admin/posts/${id}/discussion`}>{words}</a> })}</p>}
      <ol className="queue-list">
        {comments.map((comment) => (
          <li key={comment.id} inert={acts.isLeaving(comment.id)}>
            <RepliesCard comment={comment} isOpen={isOpen} site={site} act={acts.act} state={acts.state} isPending={acts.isPending} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The second click of a double click would be about the card that has moved up to where the first one was. */
function ignoreSecondClick(event: MouseEvent<HTMLElement>) {
  if (event.detail < 2 || !(event.target instanceof Element) || !event.target.closest('button[data-act]')) return;
  event.preventDefault();
  event.stopPropagation();
}

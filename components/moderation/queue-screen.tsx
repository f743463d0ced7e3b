'use client';

import { useState, type MouseEvent } from 'react';
import type { NamedFlood } from '@/lib/comments/flood';
import type { Person } from '@/lib/identity/schema';
import type { LiveStart } from '@/lib/moderation/live-queue';
import type { QueueView } from '@/lib/moderation/queries';
import { queuePath } from '@/lib/moderation/rules';
import type { BulkProgress as Progress, Sort } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { useBulk } from './bulk';
import { BulkBar } from './bulk-bar';
import { BulkDialog } from './bulk-dialog';
import { BulkProgress } from './bulk-progress';
import type { NoteAction } from './card-notes';
import { useDeskActs, type DeskAction } from './desk-acts';
import { DeskContext, type DeskAsks } from './desk-context';
import { useDeskKeys } from './desk-keys';
import { FloodBanner } from './flood-banner';
import { useKeptFocus } from './keep-focus';
import { KeysHelp } from './keys-help';
import { useLiveQueue } from './live-queue';
import { QueueCard } from './queue-card';
import { QueueFilters } from './queue-filters';
import { QueueNews } from './queue-news';
import { QueueNothing } from './queue-nothing';
import { QueueRail } from './queue-rail';
import { QueueStatus } from './queue-status';

type Props = {
  view: QueueView;
  /** When it was read: what happens later is told. */
  live: LiveStart;
  site: SiteLocale;
  person: Pick<Person, 'userId' | 'name' | 'role'>;
  /** Whether the desk listens to this person's keys. */
  hasKeys: boolean;
  /** That is on as the page is read. */
  flood?: NamedFlood | null;
  /** An act on many that is under way. */
  running: Progress | null;
  action: DeskAction;
  asks: DeskAsks;
  noteAction: NoteAction;
  signOut: () => Promise<void>;
};

const MORE = { newest: 'older', oldest: 'newer', risk: 'more' } as const satisfies Record<Sort, string>;

/** One queue of the desk: the rail with counts, what was done last, and a card for each comment. */
export function QueueScreen({ view, live: start, site, person, hasKeys, flood, running, action, asks, noteAction, signOut }: Props) {
  const { queue, filter, sort, next } = view;
  const acts = useDeskActs({ action, queue, readAt: start.at, running, refresh: asks.refresh });
  const live = useLiveQueue({ view, start, isDone: acts.isDone, isPending: acts.isPending, message: acts.state.message, refresh: asks.refresh });
  const standing = live.cards.filter((card) => !acts.isLeaving(card));
  const bulk = useBulk({ cards: standing.filter(({ id }) => !live.overtaken.has(id)), hasMore: next !== null, filter }, acts, asks);
  const [keys, setKeys] = useState(hasKeys);
  const [isHelpOpen, openHelp] = useState(false);
  const isComing = acts.isPending || next !== null;
  const { returnFocus, props: keptFocus } = useKeptFocus();
  const deskKeys = useDeskKeys({ isOn: keys, queue, acts, bulk, help: () => openHelp(true) });
  const turnKeys = (isOn: boolean) => {
    setKeys(isOn);
    asks.keys(isOn).catch(() => acts.say(t('moderation.keysHelp.unanswered')));
  };
  return (
    <DeskContext value={{ source: asks.source, isSelected: bulk.selection.has, select: bulk.selection.set, returnFocus }}>
      <div className="desk">
        <QueueRail here={queue} counts={live.counts} person={person} signOut={signOut} />
        <main id="content" className="queue" tabIndex={-1} {...keptFocus} {...deskKeys}>
          <QueueNews news={live.news} />
          <div className="queue-top">
            <h1 tabIndex={-1} data-start>
              {t('moderation.queue.heading')}
            </h1>
            <KeysHelp isOn={keys} turn={turnKeys} isOpen={isHelpOpen} open={openHelp} />
          </div>
          {flood && <FloodBanner flood={flood} />}
          <QueueFilters view={view} site={site} />
          <QueueStatus state={acts.state} act={acts.act} />
          {acts.bulk && <BulkProgress progress={acts.bulk} asks={asks} note={acts.progress} />}
          {standing.length > 0 ? <BulkBar bulk={bulk} queue={queue} /> : <QueueNothing view={view} isComing={isComing} />}
          <ol className="queue-list" aria-busy={acts.isPending} onClickCapture={ignoreSecondClick}>
            {live.cards.map((card) => (
              <li key={card.id} inert={acts.isLeaving(card)}>
                <QueueCard card={card} site={site} act={acts.act} state={acts.state} isPending={acts.isPending} overtaken={live.overtaken.get(card.id)} noteAction={noteAction} />
              </li>
            ))}
          </ol>
          {next && (
            <p className="queue-more">
              <a href={queuePath(filter, sort, { after: next })}>{t(`moderation.queue.${MORE[sort]}`)}</a>
            </p>
          )}
          <BulkDialog bulk={bulk} />
        </main>
      </div>
    </DeskContext>
  );
}

/** The second click of a double click would decide on the card that has moved up to where the first one was. */
function ignoreSecondClick(event: MouseEvent<HTMLElement>) {
  if (event.detail < 2 || !(event.target instanceof Element) || !event.target.closest('button[data-act]')) return;
  event.preventDefault();
  event.stopPropagation();
}

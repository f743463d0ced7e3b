'use client';

import { useActionState, useEffect, useRef, type FormEvent } from 'react';
import type { Person } from '@/lib/identity/schema';
import type { QueueView } from '@/lib/moderation/queries';
import { isNarrowed, queuePath, wholeQueue } from '@/lib/moderation/rules';
import type { DeskState, Queue, Sort } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { useKeptFocus } from './keep-focus';
import type { NoteAction } from './card-notes';
import { QueueCard } from './queue-card';
import { QueueFilters } from './queue-filters';
import { QueueRail } from './queue-rail';
import { QueueStatus } from './queue-status';

type Props = {
  view: QueueView;
  site: SiteLocale;
  person: Pick<Person, 'name' | 'role'>;
  action: (state: DeskState, form: FormData) => Promise<DeskState>;
  noteAction: NoteAction;
  signOut: () => Promise<void>;
};

const EMPTY: Record<Queue, string> = {
  pending: 'Nothing is waiting. Every comment has been read.',
  approved: 'No comment has been published yet.',
  spam: 'No spam.',
  trash: 'The trash is empty.',
  all: 'No comments yet.',
};

const MORE: Record<Sort, string> = { newest: 'Older comments', oldest: 'Newer comments', risk: 'More comments' };

/** One queue of the desk: the rail with counts, what was done last, and a card for each comment. */
export function QueueScreen({ view, site, person, action, noteAction, signOut }: Props) {
  const [state, act, isPending] = useActionState(action, { done: null, message: null });
  const keptFocus = useKeptFocus();
  const oncePerComment = useOncePerComment(isPending);
  return (
    <div className="desk">
      <QueueRail here={view.queue} counts={view.counts} person={person} signOut={signOut} />
      <main id="content" className="queue" tabIndex={-1} {...keptFocus} {...oncePerComment}>
        <h1 tabIndex={-1} data-start>
          Comments
        </h1>
        <QueueFilters view={view} site={site} />
        <QueueStatus state={state} act={act} />
        {view.cards.length === 0 && <Nothing view={view} />}
        <ol className="queue-list" aria-busy={isPending}>
          {view.cards.map((card) => (
            <li key={card.id}>
              <QueueCard card={card} site={site} act={act} state={state} isPending={isPending} noteAction={noteAction} />
            </li>
          ))}
        </ol>
        {view.next && (
          <p className="queue-more">
            <a href={queuePath(view.filter, view.sort, { after: view.next })}>{MORE[view.sort]}</a>
          </p>
        )}
      </main>
    </div>
  );
}

function Nothing({ view: { queue, filter, sort, only } }: { view: QueueView }) {
  if (only === null && !isNarrowed(filter)) return <p className="queue-empty">{EMPTY[queue]}</p>;
  return (
    <p className="queue-empty">
      No comment matches. <a href={queuePath(wholeQueue(queue), sort)}>Clear filters</a>
    </p>
  );
}

/** A second press while the first is on its way is no second decision: it would be refused as somebody else's. */
function useOncePerComment(isPending: boolean) {
  const underWay = useRef(new Set<string>());
  useEffect(() => {
    if (!isPending) underWay.current.clear();
  }, [isPending]);
  const onSubmit = (event: FormEvent<HTMLElement>) => {
    const form = new FormData(event.target as HTMLFormElement);
    const about = String(form.get('undo') ?? form.get('comment'));
    if (underWay.current.has(about)) event.preventDefault();
    else underWay.current.add(about);
  };
  return { onSubmit };
}

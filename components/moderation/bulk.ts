import { useState } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { BATCH_COMMENTS, type Act, type QueueFilter } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import type { DeskActs } from './desk-acts';
import type { DeskAsks } from './desk-context';
import { useSelection } from './selection';

/** All that match the filter of the page, as they were counted. */
export type MatchingAll = { total: number; until: string };

/** An act on several that asks first: how many it means, and whether that is all that match. */
export type AskedAct = { decision: Act; total: number; isAllMatching: boolean };

type Shown = { cards: readonly QueueCard[]; hasMore: boolean; filter: QueueFilter };

function formOfMany(cards: readonly QueueCard[], decision: Act): FormData {
  const form = new FormData();
  form.set('decision', decision);
  form.set('many', JSON.stringify(cards.map(({ id, revision, status }) => ({ comment: id, revision, seenStatus: status }))));
  return form;
}

function formOfAll({ until }: MatchingAll, filter: QueueFilter, decision: Act): FormData {
  const form = new FormData();
  form.set('decision', decision);
  form.set('filter', JSON.stringify(filter));
  form.set('until', until);
  return form;
}

/** The selection of a queue, on this page or of all that match, and what is done with it. */
export function useBulk({ cards, hasMore, filter }: Shown, acts: DeskActs, asks: Pick<DeskAsks, 'count'>) {
  const selection = useSelection(cards);
  const [offer, setOffer] = useState<MatchingAll | null>(null);
  const [isAllMatching, setAllMatching] = useState(false);
  const [asked, setAsked] = useState<AskedAct | null>(null);

  const forget = () => {
    setAllMatching(false);
    setOffer(null);
  };
  const selectAll = (isOn: boolean) => {
    selection.setAll(isOn);
    forget();
    // Nobody may be told how many there are; then there is no offer.
    if (isOn && hasMore) asks.count(filter).then(setOffer, () => undefined);
  };
  const select = (id: string, isOn: boolean) => {
    selection.set(id, isOn);
    forget();
  };

  const send = (decision: Act) => {
    setAsked(null);
    if (isAllMatching && offer) acts.actNow(formOfAll(offer, filter, decision));
    else sendChosen(decision);
    selection.setAll(false);
    forget();
  };
  const sendChosen = (decision: Act) => {
    const fitting = selection.chosen.filter((card) => card.acts.includes(decision));
    for (let from = 0; from < fitting.length; from += BATCH_COMMENTS) acts.actNow(formOfMany(fitting.slice(from, from + BATCH_COMMENTS), decision));
  };
  const apply = (decision: Act) => {
    if (selection.chosen.length === 0) return acts.say(t('moderation.bulk.selectFirst'));
    const total = isAllMatching && offer ? offer.total : selection.chosen.filter((card) => card.acts.includes(decision)).length;
    if (total === 0) return acts.say(t('moderation.bulk.doesNotApply'));
    if (isAllMatching || decision === 'delete') setAsked({ decision, total, isAllMatching });
    else send(decision);
  };

  return {
    selection: { ...selection, setAll: selectAll, set: select, toggle: (id: string) => select(id, !selection.has(id)) },
    /** Offered after all of this page are selected and more match; null otherwise. */
    offer: selection.isAll && offer && offer.total > selection.chosen.length ? offer : null,
    isAllMatching: isAllMatching && selection.isAll,
    selectMatching: () => setAllMatching(true),
    apply,
    asked,
    confirm: () => asked && send(asked.decision),
    cancel: () => setAsked(null),
  };
}

export type Bulk = ReturnType<typeof useBulk>;

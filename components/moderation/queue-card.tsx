import type { LiveEvent } from '@/lib/moderation/live-queue';
import type { QueueCard as Card } from '@/lib/moderation/queries';
import type { DeskState } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { CardActs } from './card-acts';
import { CardContext, CardParent, CardReplies } from './card-context';
import { CardHead } from './card-head';
import { CardHistory } from './card-history';
import { CardKeep } from './card-keep';
import { CardNotes, type NoteAction } from './card-notes';
import { CardOvertaken } from './card-overtaken';
import { CardReasons } from './card-reasons';
import { CardSelect } from './card-select';
import { CardText } from './card-text';
import { CardWriter } from './card-writer';

type Props = {
  card: Card;
  site: SiteLocale;
  act: (form: FormData) => void;
  state: DeskState;
  isPending: boolean;
  /** What somebody else has decided on it since. */
  overtaken: LiveEvent | undefined;
  noteAction: NoteAction;
};

/** One comment in a queue: who wrote what where, why it is here, and what can be done with it. */
export function QueueCard({ card, site, act, state, isPending, overtaken, noteAction }: Props) {
  return (
    <article className={`card card--${card.status}${overtaken ? ' card--overtaken' : ''}`} id={`card-${card.id}`} aria-labelledby={`card-${card.id}-name`} tabIndex={-1}>
      <CardSelect card={card} isLocked={overtaken !== undefined} />
      <CardHead card={card} site={site} />
      <CardOvertaken by={overtaken} />
      <div className="card-body">
        <CardContext card={card} />
        <CardWriter card={card} site={site} />
        <CardParent card={card} />
        <CardText html={card.html} name={card.name} />
        <CardReplies card={card} />
        <CardReasons card={card} />
        <CardKeep card={card} act={act} isPending={isPending} />
        <CardActs card={card} act={act} state={state} isPending={isPending} isLocked={overtaken !== undefined} />
      </div>
      <div className="card-foot">
        <CardNotes card={card} site={site} action={noteAction} />
        <fieldset className="card-locked" disabled={overtaken !== undefined}>
          <CardHistory card={card} site={site} act={act} isPending={isPending} />
        </fieldset>
      </div>
    </article>
  );
}

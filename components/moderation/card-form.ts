import { useState, type RefObject } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import type { DeskState } from '@/lib/moderation/schema';
import { useDesk } from './desk-context';

type FormName = 'reply' | 'edit';
/** `seen`: the comment as it was when its form was opened; null for as it is now. */
type Opened = { form: FormName; text: string; seen: QueueCard | null; isSent: boolean };

type Props = {
  card: QueueCard;
  state: DeskState;
  act: (form: FormData) => void;
  /** Which have focus again when their form is closed. */
  buttons: Record<FormName, RefObject<HTMLButtonElement | null>>;
};

/** The one form that may be open in a card: an answer, or its text. Sent, it is gone; refused, it is back with what was typed. */
export function useCardForm({ card, state, act, buttons }: Props) {
  const { source } = useDesk();
  const refused = state.refused?.to === card.id && state.refused.form !== 'decline' ? state.refused : null;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [taken, setTaken] = useState(refused);
  // A refusal opens it again, and the next act, which has another answer, does not close it.
  if (refused !== taken) {
    setTaken(refused);
    // By now one has been told how the comment stands.
    if (refused && opened?.isSent && refused.form === opened.form) setOpened({ form: opened.form, text: refused.text, seen: null, isSent: false });
  }
  const open = opened && !opened.isSent ? opened.form : null;

  const close = () => {
    if (open) buttons[open].current?.focus();
    setOpened(null);
  };
  const begin = (form: FormName, text: string) => setOpened({ form, text, seen: card, isSent: false });
  const toggleEdit = async () => {
    if (open === 'edit') return close();
    if (isLoading) return;
    setLoading(true);
    const text = await source(card.id).catch(() => null);
    setLoading(false);
    if (text !== null) begin('edit', text);
  };
  return {
    open,
    isLoading,
    mayBeEdited: !card.isMention && (card.status === 'pending' || card.status === 'approved'),
    /** What stands in it at first. */
    text: opened?.text ?? '',
    seen: opened?.seen ?? card,
    toggleReply: () => (open === 'reply' ? close() : begin('reply', '')),
    toggleEdit,
    close,
    send: (form: FormData) => {
      setOpened((before) => before && { ...before, isSent: true });
      act(form);
    },
  };
}

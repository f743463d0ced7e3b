import { fail, type Failure } from '@/lib/result';
import type { PostFields, Save, Saved } from '@/lib/posts/post-form';
import { t } from '@/lib/words/t';
import { isUnsaved, NOTHING_TYPED, savingAfter, type Saving, type SavingEvent } from './saving';

/** A save without the window it comes from. */
export type Text = Omit<Save, 'tab'>;

/** What a page shows of it: replaced whole at every change. */
export type Shown = {
  id: string;
  fields: PostFields;
  /** How the blog has it. */
  saved: Saved;
  saving: Saving;
};

export const unreachable = (): Failure => fail('unavailable', t('editor.failed.unreachable'));

/** How a text stands in this window, and whoever is told of it. */
export class Stand {
  shown: Shown;
  private hearers = new Set<() => void>();

  constructor(private readonly kind: Save['kind'], { fields, saved }: { fields: PostFields; saved: Saved }) {
    this.shown = { fields, saved, id: saved.id, saving: NOTHING_TYPED };
  }

  subscribe = (hear: () => void): (() => void) => {
    this.hearers.add(hear);
    return () => void this.hearers.delete(hear);
  };

  /** Takes up what has happened, and with it other fields or another answer of the blog. */
  tell(event: SavingEvent, more: Partial<Shown> = {}): void {
    this.shown = { ...this.shown, ...more, saving: savingAfter(this.saving, event) };
    for (const hear of this.hearers) hear();
  }

  /** Goes on with another id. */
  become(id: string): void {
    this.shown = { ...this.shown, id, saved: { ...this.shown.saved, id } };
  }

  get saving(): Saving {
    return this.shown.saving;
  }

  get isUnsaved(): boolean {
    return isUnsaved(this.saving);
  }

  /** Nothing may be sent until the person has chosen. */
  get isStuck(): boolean {
    return this.saving.trouble?.kind === 'conflict' || this.saving.trouble?.kind === 'gone';
  }

  /** As it is sent and kept. */
  text(fields = this.shown.fields): Text {
    return { id: this.shown.id, kind: this.kind, fields, seen: this.shown.saved.seen };
  }

  /** Why the blog does not have what was typed. */
  get failure(): Failure {
    const { trouble } = this.saving;
    switch (trouble?.kind) {
      case 'conflict': return fail('conflict', trouble.message);
      case 'gone': return fail('not-found', trouble.message);
      case 'refused': return fail('invalid', trouble.message);
      case 'signed-out': return fail('not-signed-in', t('editor.failed.signInAgain'));
      default: return unreachable();
    }
  }
}

import type { Failure, Result } from '@/lib/result';
import type { PostFields, Save, Saved } from '@/lib/posts/post-form';
import { saveDueAt, troubleOf } from './saving';
import { Stand, unreachable, type Shown, type Text } from './stand';

/** So much time may pass until what is typed stands in the browser. */
const KEEP_MS = 100;
/** What was typed before a lost answer, and what was typed since. */
const ROUNDS_MAX = 3;

/** What the blog said to a save; null: nothing, or that it is away. */
export type Answer = Result<Saved> | null;

export type SaverWays = {
  send: (text: Text) => Promise<Answer>;
  /** Keeps it in this browser, in place of what this window kept of the same post. */
  keep: (text: Text) => Promise<void>;
  /** Throws that away. */
  forget: (id: string) => Promise<void>;
  /** Has everything handed over that was typed and is not told yet: it comes by `type`. */
  collect: () => void;
};

type Sent = { fields: PostFields; change: number };

/**
 * Brings what is typed to the blog, and until it is there into the browser. One save at a time, the latest counts. A save
 * whose answer was lost is sent again as it was, before anything newer. After a conflict it sends nothing until the person
 * has chosen.
 */
export class Saver {
  private readonly stand: Stand;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private isActing = false;
  /** Sent, and nobody knows whether it has arrived. */
  private lost: Sent | null = null;
  private keeping: Promise<void> = Promise.resolve();

  constructor(kind: Save['kind'], opened: { fields: PostFields; saved: Saved }, private readonly ways: SaverWays) {
    this.stand = new Stand(kind, opened);
    this.stand.subscribe(() => this.schedule());
  }

  get shown(): Shown {
    return this.stand.shown;
  }

  subscribe = (hear: () => void): (() => void) => this.stand.subscribe(hear);

  /** Takes up a change. */
  type(change: Partial<PostFields>): void {
    this.stand.tell({ is: 'typed', at: Date.now() }, { fields: { ...this.shown.fields, ...change } });
    this.keepTimer ??= setTimeout(() => this.keepNow(), KEEP_MS);
  }

  /** Goes on with a new post that has another id, which the blog may have already. */
  become(id: string): void {
    this.stand.become(id);
  }

  /** Saves at once where something is unsaved, unless the person has to choose first. */
  saveSoon(): void {
    if (!this.stand.isStuck && this.stand.isUnsaved && !this.isActing) void this.sendOnce();
  }

  /** The network is back, or whoever was signed out may be signed in again. */
  tryAgain(): void {
    const { trouble } = this.stand.saving;
    if (trouble?.kind === 'offline' || trouble?.kind === 'signed-out') this.saveSoon();
  }

  /** Keeps what is typed in the browser at once. */
  keepNow(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = undefined;
    this.ways.collect();
    const { typed: change, kept } = this.stand.saving;
    if (!this.stand.isUnsaved || kept >= change) return;
    const text = this.stand.text();
    this.keeping = this.keeping.then(() => this.ways.keep(text)).then(() => this.stand.tell({ is: 'kept', change }), () => this.stand.tell({ is: 'cannot-keep' }));
  }

  /** The page may be gone in a moment: what is typed is kept, and sent, also beside a save that is under way: the blog knows one window's saves. */
  leave(): void {
    this.keepNow();
    const { running, stand: { saving: { sending, typed } } } = this;
    if (running === null) return this.saveSoon();
    if (sending === null || sending >= typed || this.shown.saved.seen === '') return;
    const again = this.ways.send(this.stand.text());
    // Sent later, it counts, whichever answer comes first.
    void this.track(running.then(async () => {
      const answer = await again;
      if (answer?.ok) this.arrived(answer.value, typed);
    }));
  }

  /** Saves everything that is typed by now, also a new post without a word; null when the blog has it, else why not. */
  async flush(): Promise<Failure | null> {
    await this.running;
    this.ways.collect();
    const wanted = this.stand.saving.typed;
    const isThere = () => this.stand.saving.saved >= wanted && this.shown.saved.seen !== '';
    for (let round = 0; round < ROUNDS_MAX && !this.stand.isStuck && !isThere(); round += 1) {
      if (round > 0 && this.stand.saving.trouble !== null) break;
      await this.sendOnce();
    }
    return isThere() && !this.stand.isStuck ? null : this.stand.failure;
  }

  /** Saves, then does something that moves the post on; no other save comes in between. */
  async act(run: (seen: string) => Promise<Result<Saved>>): Promise<Result<Saved>> {
    const failed = await this.flush();
    if (failed) return failed;
    this.isActing = true;
    try {
      const done = await run(this.shown.saved.seen);
      if (done.ok) {
        // Once it is out its address follows the title no more.
        const fields = done.value.state === 'draft' ? this.shown.fields : { ...this.shown.fields, slug: done.value.slug };
        this.arrived(done.value, this.stand.saving.saved, fields);
      } else if (done.code === 'conflict') this.stand.tell({ is: 'failed', trouble: troubleOf(done, this.stand.saving.typed), at: Date.now() });
      return done;
    } catch {
      return unreachable();
    } finally {
      this.isActing = false;
      this.schedule();
    }
  }

  /** Takes over what the blog has: nothing is unsaved any more. */
  takeOver({ fields, saved }: { fields: PostFields; saved: Saved }): void {
    this.lost = null;
    this.arrived(saved, this.stand.saving.typed, fields);
  }

  /** The person wants their text to stand, over what the blog has by now. */
  overrule(seen: string): void {
    this.lost = null;
    this.stand.tell({ is: 'settled' }, { saved: { ...this.shown.saved, seen } });
    this.saveSoon();
  }

  /** Ends every timer; what is under way goes on. */
  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.keepTimer);
    this.keepTimer = undefined;
  }

  private sendOnce(): Promise<void> {
    return this.running ?? this.track(this.send());
  }

  private track(work: Promise<void>): Promise<void> {
    const running = work.finally(() => {
      if (this.running !== running) return;
      this.running = null;
      this.schedule();
    });
    return (this.running = running);
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    const sent: Sent = this.lost ?? { fields: this.shown.fields, change: this.stand.saving.typed };
    this.stand.tell({ is: 'sending', change: sent.change });
    const answer = await this.ways.send(this.stand.text(sent.fields));
    this.lost = answer === null ? sent : null;
    if (answer?.ok) return this.arrived(answer.value, sent.change);
    this.stand.tell({ is: 'failed', trouble: answer ? troubleOf(answer, sent.change) : { kind: 'offline' }, at: Date.now() });
    this.keepNow();
  }

  private arrived(saved: Saved, change: number, fields = this.shown.fields): void {
    this.stand.tell({ is: 'saved', change, savedAt: saved.savedAt }, { saved, fields });
    if (this.stand.isUnsaved) return;
    const { id } = this.shown;
    this.keeping = this.keeping.then(() => (this.stand.isUnsaved ? undefined : this.ways.forget(id))).catch(() => undefined);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const due = this.isActing || this.running ? null : saveDueAt(this.stand.saving);
    if (due !== null) this.timer = setTimeout(() => this.saveSoon(), Math.max(0, due - Date.now()));
  }
}

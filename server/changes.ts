import { SLOTS, slotOf, type Tag } from '../lib/cache-tags';

/** What has changed, and when, as far as this process knows. "When" is a count of the changes it has heard of. */
export class Changes {
  private count = 0;
  private readonly changedAt = new Float64Array(SLOTS);
  private versions: string[] | null = null;

  /** The present moment, to be compared with later. */
  get now(): number {
    return this.count;
  }

  /** Notes that what these tags stand for has changed. */
  note(tags: readonly Tag[]): void {
    this.noteSlots(tags.map(slotOf));
  }

  /** Notes that anything may have changed: after a time in which nothing could be heard. */
  noteAll(): void {
    this.changedAt.fill(++this.count);
    this.versions = null;
  }

  /**
   * Notes what has changed since the versions were last read. `versions` is `SLOT:VERSION` for every slot ever raised,
   * divided by spaces, from a query that saw every change committed before it began.
   */
  noteVersions(versions: string): void {
    const read = new Array<string>(SLOTS).fill('0');
    for (const pair of versions.split(' ').filter(Boolean)) {
      const [slot, version = ''] = pair.split(':');
      read[Number(slot)] = version;
    }
    const before = this.versions;
    if (before) this.noteSlots([...read.keys()].filter((slot) => read[slot] !== before[slot]));
    else this.noteAll();
    this.versions = read;
  }

  /** Whether nothing in these slots has changed since that moment. */
  areUnchanged(slots: readonly number[], since: number): boolean {
    for (const slot of slots) if ((this.changedAt[slot] ?? 0) > since) return false;
    return true;
  }

  private noteSlots(slots: number[]): void {
    if (slots.length === 0) return;
    this.count += 1;
    for (const slot of slots) this.changedAt[slot] = this.count;
  }
}

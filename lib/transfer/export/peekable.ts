/** Takes what a generator gives one by one, with a look at the next. */
export class Peekable<T> {
  private next: IteratorResult<T> | null = null;

  constructor(private readonly items: AsyncGenerator<T>) {}

  /** The next, where it is wanted; else null, and it stays the next. */
  async takeIf(wanted: (item: T) => boolean): Promise<T | null> {
    this.next ??= await this.items.next();
    if (this.next.done || !wanted(this.next.value)) return null;
    const { value } = this.next;
    this.next = null;
    return value;
  }
}

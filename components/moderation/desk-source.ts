import { deskNewsSchema, type DeskNews } from '@/lib/moderation/live-queue';

const LIVE = '/admin/live';
/** How long a stream may say nothing: at first, and between two signs of life, of which the blog sends one every 20 seconds. */
const FIRST_WORD_MS = 10_000;
const SILENCE_MS = 50_000;
/** Tried again after one second, then two; after that the blog is asked from time to time, and the stream tried now and then. */
const RETRY_MS = 1_000;
const FAILURES_MAX = 3;
const POLL_MS = 20_000;
const STREAM_AGAIN_MS = 5 * 60_000;
const ANSWER_MS = 10_000;

/** Not all browsers at the same moment. */
const around = (ms: number): number => ms * (0.75 + Math.random() / 2);

function newsIn(text: string): DeskNews | null {
  try {
    return deskNewsSchema.parse(JSON.parse(text));
  } catch {
    // Of a newer build, or no answer of the blog at all.
    return null;
  }
}

/**
 * What happens at the desk, as the blog tells it: by a stream, or, where something on the way cuts that, by asking. It
 * goes on by itself and complains to nobody; whoever is signed out is told nothing more.
 */
export class DeskSource {
  private stream: EventSource | null = null;
  private next: number | undefined;
  private silence: number | undefined;
  private failures = 0;
  private polledSince = 0;
  private isClosed = false;

  /** `at`: up to where all is known. */
  constructor(private at: number, private readonly hear: (news: DeskNews) => void) {}

  /** All is known up to here: somebody else has said it. */
  knownUpTo(at: number): void {
    this.at = Math.max(this.at, at);
  }

  open(): void {
    if (this.isClosed) return;
    const stream = new EventSource(`${LIVE}?since=${this.at}`);
    this.stream = stream;
    stream.addEventListener('error', () => this.lose());
    for (const kind of ['message', 'reload', 'beat']) {
      stream.addEventListener(kind, (event: MessageEvent<string>) => {
        this.expectWord(SILENCE_MS);
        // A stream that has lived so long is one that nobody cuts.
        if (kind === 'beat') this.failures = 0;
        else this.take(event.data);
      });
    }
    this.expectWord(FIRST_WORD_MS);
  }

  /** Asks once what has happened. */
  async ask(): Promise<void> {
    const answer = await fetch(`${LIVE}?poll=1&since=${this.at}`, { cache: 'no-store', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null);
    if (this.isClosed || !answer) return;
    if (answer.status === 401 || answer.status === 404) return this.close();
    if (answer.ok) this.take(await answer.text().catch(() => ''));
  }

  close(): void {
    this.isClosed = true;
    this.stop();
    window.clearTimeout(this.next);
  }

  private take(text: string): void {
    const news = newsIn(text);
    if (!news || this.isClosed) return;
    this.knownUpTo(news.at);
    this.hear(news);
  }

  private expectWord(ms: number): void {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.lose(), ms);
  }

  private stop(): void {
    this.stream?.close();
    this.stream = null;
    window.clearTimeout(this.silence);
  }

  private lose(): void {
    this.stop();
    this.failures += 1;
    void this.ask();
    if (this.failures < FAILURES_MAX) return this.later(around(RETRY_MS * this.failures), () => this.open());
    this.polledSince = Date.now();
    this.later(around(POLL_MS), () => this.poll());
  }

  private poll(): void {
    if (Date.now() - this.polledSince > STREAM_AGAIN_MS) return this.open();
    void this.ask();
    this.later(around(POLL_MS), () => this.poll());
  }

  private later(ms: number, work: () => void): void {
    window.clearTimeout(this.next);
    if (!this.isClosed) this.next = window.setTimeout(work, ms);
  }
}

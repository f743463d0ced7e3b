import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import PgBoss from 'pg-boss';
import { noteFault } from '../lib/faults';
import { GIVEN_UP_KEPT_DAYS, type JobName } from '../lib/jobs';
import { log } from '../lib/log';
import { noJobs, type JobCounts, type JobOutcome } from './job-counts';
import { WORK, type Work } from './job-handlers';

/** How often a queue is looked at without being told of a job: for those whose time has come. */
const LOOK_MS = 5_000;
/** How soon it is looked at again when the database did not answer. */
const AGAIN_MS = 1_000;
const UPKEEP_MS = 60_000;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const PATIENCE_MS = 10_000;
/** For the jobs in hand when the process is to stop. */
const STOP_PATIENCE_MS = 8_000;

/** The query that is under way, or comes next, tells of it too. */
const ignore = () => undefined;

type Job = PgBoss.JobWithMetadata<unknown>;

/**
 * Does the jobs of lib/jobs.ts in this process, each queue apart, so that a slow one holds up no other. Any number of
 * processes may: a job is given to one of them. While the database is away it waits, and goes on by itself.
 * pg-boss's own `work` is not used: it tells the database how a job ended without waiting for the answer, and where that
 * fails the whole process ends.
 */
export class JobWorker {
  /** Whether the queue answered when it was asked last. */
  isRunning = false;
  /** What became of the tries of jobs here, since this process began. */
  readonly counts: JobCounts;
  private readonly pool: pg.Pool;
  private readonly boss: PgBoss;
  private lines: Promise<void>[] = [];
  private upkeep: NodeJS.Timeout | undefined;
  private closed: Promise<unknown> | undefined;
  private readonly stopping = new AbortController();
  private wakeAll!: () => void;
  private woken!: Promise<void>;

  private constructor(url: string, private readonly work: Partial<Record<JobName, Work>>) {
    this.counts = noJobs(Object.keys(work) as JobName[]);
    this.pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS, keepAlive: true, application_name: 'soapbox jobs' });
    this.pool.on('error', ignore);
    // Not started: this class has the loop, and pg-boss the SQL. By itself it would put what was given up away after twelve hours.
    this.boss = new PgBoss({ db: { executeSql: (text, values) => this.ask(text, values) }, archiveFailedAfterSeconds: GIVEN_UP_KEPT_DAYS * DAY_SECONDS });
    this.boss.on('error', ignore);
    this.sleepAgain();
  }

  /** Begins; answers when the queue has been asked for the first time, whatever it said. `url` leads to PostgreSQL itself. */
  static async start(url: string, work: Partial<Record<JobName, Work>> = WORK): Promise<JobWorker> {
    const worker = new JobWorker(url, work);
    await worker.keepUp();
    worker.upkeep = setInterval(() => void worker.keepUp(), UPKEEP_MS);
    worker.lines = Object.entries(work).map(([name, how]) => worker.serve(name, how));
    return worker;
  }

  /** A job has come: looks at once. */
  wake(): void {
    this.wakeAll();
    this.sleepAgain();
  }

  /** Takes no more jobs, tells those in hand that go on for long, and waits for all of them, for eight seconds at most. One that is cut off is tried again, by whoever runs then. */
  async close(): Promise<void> {
    clearInterval(this.upkeep);
    this.stopping.abort();
    this.closed ??= Promise.race([Promise.all(this.lines).then(() => this.pool.end()), sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
    this.wake();
    await this.closed;
  }

  private sleepAgain(): void {
    this.woken = new Promise((resolve) => { this.wakeAll = resolve; });
  }

  private async serve(name: string, { handle, atOnce }: Work): Promise<void> {
    while (!this.closed) {
      // Taken first: a job that comes while the queue is asked is not slept over.
      const { woken } = this;
      const jobs: Job[] = await this.boss.fetch<unknown>(name, { batchSize: atOnce, includeMetadata: true });
      await Promise.all(jobs.map((job) => this.carryOut(job, handle)));
      if (jobs.length === 0) await Promise.race([woken, sleep(this.isRunning ? LOOK_MS : AGAIN_MS, undefined, { ref: false })]);
    }
  }

  /** Never throws. What the database was not told, it finds out by `expireInSeconds`: then the job is tried again. */
  private async carryOut(job: Job, handle: Work['handle']): Promise<void> {
    const { id, name, data, expireInSeconds, retryCount, retryLimit } = job;
    const begunAt = performance.now();
    const late = sleep(Number(expireInSeconds) * 1_000, 'late', { ref: false });
    try {
      if ((await Promise.race([handle(data, this.stopping.signal), late])) === 'late') throw new Error('It took too long.');
    } catch (error) {
      const isGivenUp = retryCount >= retryLimit;
      this.note(job, isGivenUp ? 'given-up' : 'failed', begunAt, error);
      if (isGivenUp) noteFault(`A job of the kind “${name}” failed again and again, and is given up.`);
      // Only what kind of error it was: its words may name a person.
      await this.boss.fail(name, id, { error: error instanceof Error ? error.name : 'unknown' }).catch(() => undefined);
      return;
    }
    this.note(job, 'done', begunAt);
    await this.boss.complete(name, id).catch(() => undefined);
  }

  private note({ name, id, retryCount }: Job, outcome: JobOutcome, begunAt: number, error?: unknown): void {
    const counted = this.counts[name];
    if (counted) counted[outcome] += 1;
    const line = { job: name, id, tries: retryCount + 1, ms: Math.round(performance.now() - begunAt), outcome };
    const how = (this.work as Record<string, Work | undefined>)[name];
    // What the clock brings is done some thousand times a day.
    if (outcome === 'done') log[how?.hourly || how?.minutely ? 'debug' : 'info'](line, 'A job.');
    else log.warn({ ...line, err: error }, 'A job failed.');
  }

  /** Takes up what a killed process had in hand, clears away what was done long ago, and sends what is due every hour or minute. */
  private async keepUp(): Promise<void> {
    try {
      await this.boss.maintain();
      for (const [name, { hourly, minutely }] of Object.entries(this.work)) {
        if (hourly) await this.boss.send(name, {}, { singletonKey: 'hourly', singletonSeconds: HOUR_SECONDS });
        if (minutely) await this.boss.send(name, {}, { singletonKey: 'minutely', singletonSeconds: MINUTE_SECONDS });
      }
    } catch {
      // `ask` has told of it; the next time comes in a minute.
    }
  }

  private async ask(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    try {
      const answer = await this.askOnce(text, values);
      this.isRunning = true;
      return answer;
    } catch (error) {
      this.isRunning = false;
      if (!this.closed) noteFault('The queue of jobs does not answer. Mails and other work wait until it does.');
      log.debug({ err: error }, 'A query to the queue failed.');
      throw error;
    }
  }

  private async askOnce(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    const client = await this.pool.connect();
    // Of a client that is out, the pool does not hear when its connection breaks; unheard, that would end the process.
    client.on('error', ignore);
    try {
      const answer = await client.query(text, values);
      client.off('error', ignore).release();
      return answer;
    } catch (error) {
      // Some of pg-boss's commands are transactions of several steps: one that failed half-way must not be gone on with.
      client.release(true);
      throw error;
    }
  }
}

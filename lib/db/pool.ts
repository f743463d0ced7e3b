import pg from 'pg';
import { currentAnswer } from '../answer';

/** As pg-pool says it of whoever stood in line until their patience was over. */
const IN_LINE_TOO_LONG = 'timeout exceeded when trying to connect';
// Class 53, insufficient resources (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const DISK_FULL = '53100';
const TOO_MANY_CONNECTIONS = '53300';

/** Notes on the present answer what the database is short of: that is no fault of ours, and the sentence says so. Gives the error. */
function noted(error: unknown): unknown {
  const { message, code } = error as { message?: string; code?: string };
  if (message === IN_LINE_TOO_LONG || code === TOO_MANY_CONNECTIONS) currentAnswer().shortOf = 'connections';
  if (code === DISK_FULL) currentAnswer().shortOf = 'room';
  return error;
}

/** A connection that notes what the database is short of. */
export class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]) => {
      const answer = query(...given);
      // Whoever asked hears of it too.
      if (answer instanceof Promise) answer.catch(noted);
      return answer;
    }) as typeof this.query;
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (destroy?: unknown) => void) => void;

/** A pool that notes the same where somebody gets no connection. */
export class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (!callback) return super.connect().catch((error: unknown) => { throw noted(error); });
    super.connect((error, client, release) => callback(error && (noted(error) as Error), client, release));
  }
}

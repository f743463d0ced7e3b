import pg from 'pg';
import { currentAnswer } from '../answer';

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (destroy?: unknown) => void) => void;

/** As pg-pool says it of whoever stood in line until their patience was over. */
const IN_LINE_TOO_LONG = 'timeout exceeded when trying to connect';

/** A pool that notes on the present answer where somebody got no connection because all were in use: that is no fault, but more than can be done just now. */
export class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (!callback) return super.connect().catch((error: unknown) => { throw noted(error); });
    super.connect((error, client, release) => callback(error && (noted(error) as Error), client, release));
  }
}

function noted(error: unknown): unknown {
  if (error instanceof Error && error.message === IN_LINE_TOO_LONG) currentAnswer().isBusy = true;
  return error;
}

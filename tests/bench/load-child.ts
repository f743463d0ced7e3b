import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

// A program of its own, so that the client shares no event loop with the bench: options in a file, result on stdout.
export type LoadOptions = Pick<autocannon.Options, 'url' | 'connections' | 'duration' | 'headers' | 'requests' | 'overallRate'>;

/** `answers` counts answers by status. Milliseconds. */
export type LoadResult = { requests: number; seconds: number; bytes: number; errors: number; answers: Record<string, number>; p50: number; p99: number };

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadOptions;
// Each connection begins elsewhere in the list, or all would ask for the same at the same time.
let begun = 0;
const setupClient = (client: autocannon.Client) => {
  const list = options.requests ?? [];
  const from = Math.floor((list.length * begun++) / (options.connections ?? 1));
  if (list.length > 0) client.setRequests([...list.slice(from), ...list.slice(0, from)]);
};
const { requests, duration, throughput, errors, statusCodeStats, latency } = await autocannon({ ...options, setupClient });
const answers = Object.fromEntries(Object.entries(statusCodeStats ?? {}).map(([status, { count }]) => [status, count ?? 0]));
const result: LoadResult = { requests: requests.total, seconds: duration, bytes: throughput.total, errors, answers, p50: latency.p50, p99: latency.p99 };
process.stdout.write(JSON.stringify(result));

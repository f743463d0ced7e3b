import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

// A program of its own, so that the client shares no event loop with the bench: options in a file, result on stdout.
export type LoadOptions = Pick<autocannon.Options, 'url' | 'connections' | 'duration' | 'headers' | 'requests'>;

/** `answers` counts answers by status. Milliseconds. */
export type LoadResult = { requests: number; seconds: number; bytes: number; errors: number; answers: Record<string, number>; p50: number; p99: number };

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadOptions;
const { requests, duration, throughput, errors, statusCodeStats, latency } = await autocannon(options);
const answers = Object.fromEntries(Object.entries(statusCodeStats ?? {}).map(([status, { count }]) => [status, count ?? 0]));
const result: LoadResult = { requests: requests.total, seconds: duration, bytes: throughput.total, errors, answers, p50: latency.p50, p99: latency.p99 };
process.stdout.write(JSON.stringify(result));

import type { JobName } from '../lib/jobs';

/** How a try of a job ends: failed is tried again, given up is not. */
export const JOB_OUTCOMES = ['done', 'failed', 'given-up'] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];
export type JobCounts = Record<string, Record<JobOutcome, number>>;

/** Counts at nothing for each of these kinds. */
export const noJobs = (names: JobName[]): JobCounts => Object.fromEntries(names.map((name) => [name, { done: 0, failed: 0, 'given-up': 0 }]));

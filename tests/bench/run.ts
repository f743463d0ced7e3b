import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { inProject } from '../../server/project';
import { againstNext } from './against-next';
import { busyMinute } from './busy-minute';
import { clicks } from './clicks';
import { exportRate } from './export-rate';
import { firstRender, million } from './first-render';
import { freshness } from './freshness';
import { guests } from './guests';
import { importMemory } from './import-memory';
import { importRate } from './import-rate';
import { instances } from './instances';
import { keptPages, notModified } from './kept-pages';
import type { Measure, Pace } from './measure';
import { memory } from './memory';
import { news } from './news';
import { queryPlans } from './query-plans';
import { queuePage } from './queue-page';
import { isAllMet, machineText, type Outcome, performancePage, rowText } from './report';
import { screeningCost } from './screening-cost';
import { searching } from './search';
import { slopes } from './slopes';
import { soak } from './soak';
import { signIn } from './sign-in';
import { weights } from './weights';
import { wrkVersion } from './wrk';
import type { World } from './world';

const MS_PER_SECOND = 1_000;
/** Length of a round of load in a whole run; a shorter one repeats everything less. */
export const SECONDS = 2;
const PAGE = inProject('docs/performance.md');

/** All of them, in the order of the table of docs/performance.md. */
export const MEASURES: readonly Measure[] = [keptPages, againstNext, notModified, news, firstRender, million, queuePage, queryPlans, searching, guests, screeningCost, signIn, freshness, instances, slopes, busyMinute, memory, soak, weights, clicks, importRate, importMemory, exportRate];

async function outcomeOf(measure: Measure, world: World, pace: Pace): Promise<Outcome> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / MS_PER_SECOND;
  try {
    const rows = await measure.run(world, pace);
    for (const row of rows) console.log(rowText(row));
    return { measure, rows, failure: null, seconds: seconds() };
  } catch (error) {
    console.error(`not measured: ${measure.name}:`, error);
    return { measure, rows: [], failure: (error as Error).message, seconds: seconds() };
  } finally {
    await world.stopPrograms();
  }
}

function commitText(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: inProject(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? ', with changes' : '');
  } catch {
    return 'unknown';
  }
}

/**
 * Takes these measures, one after another, prints each number, and writes docs/performance.md when all were asked for.
 * @returns whether every number keeps its bound
 */
export async function runMeasures(world: World, measures: readonly Measure[], seconds: number): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (const measure of measures) {
    console.log(`\n${measure.name}`);
    const outcome = await outcomeOf(measure, world, { seconds, share: Math.min(1, seconds / SECONDS) });
    for (const { raw } of outcome.rows) console.log(raw);
    console.log(`${Math.round(outcome.seconds)} s`);
    outcomes.push(outcome);
  }
  const date = new Date().toISOString().slice(0, 10);
  if (measures.length === MEASURES.length) writeFileSync(PAGE, performancePage(outcomes, { machine: machineText(), node: process.version.slice(1), date, commit: commitText(), client: wrkVersion() ?? 'autocannon', seconds }));
  return isAllMet(outcomes);
}

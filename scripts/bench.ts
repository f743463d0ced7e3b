import { parseArgs } from 'node:util';
import { outliveOutput } from '../server/output';
import { stopOnSignal } from '../server/shut-down';
import { MEASURES, runMeasures, SECONDS } from '../tests/bench/run';
import { World } from '../tests/bench/world';

const NAMES = MEASURES.map(({ name }) => name).join(', ');
const USAGE = `Usage: npm run bench -- [--only NAME[,NAME…]] [--seconds N]\nNames: ${NAMES}`;
// What shells report for a command ended by Ctrl-C.
const INTERRUPTED = 130;

function readArguments() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, seconds: { type: 'string' } } });
    const names = values.only?.split(',');
    const seconds = Number(values.seconds ?? SECONDS);
    const measures = MEASURES.filter(({ name }) => names?.includes(name) ?? true);
    const isUnderstood = seconds >= 1 && measures.length === (names?.length ?? MEASURES.length);
    return isUnderstood ? { measures, seconds } : null;
  } catch {
    return null;
  }
}

const asked = readArguments();
if (!asked) {
  console.error(USAGE);
  process.exit(64);
}

outliveOutput();
let opened: Promise<World> | undefined;
let interrupted = false;
stopOnSignal(async () => {
  interrupted = true;
  console.error('Interrupted.');
  await (await opened?.catch(() => undefined))?.end();
}, INTERRUPTED);

let isMet = false;
try {
  opened = World.open();
  isMet = await runMeasures(await opened, asked.measures, asked.seconds);
} catch (error) {
  if (!interrupted) console.error(error);
}
if (!interrupted) {
  await (await opened?.catch(() => undefined))?.end();
  process.exit(isMet ? 0 : 1);
}

// Preloaded into a process of the blog whose clock a test moves, and by NODE_OPTIONS into its threads: `Date` is as far off as
// the file of CLOCK_FILE says, in milliseconds. JavaScript, for a thread has no loader of TypeScript.
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_FILE;
const RealDate = Date;
const READ_EVERY_MS = 20;
let [offsetMs, readAt] = [0, -Infinity];

function offset() {
  if (file === undefined || performance.now() - readAt < READ_EVERY_MS) return offsetMs;
  readAt = performance.now();
  offsetMs = Number(readFileSync(file, 'utf8')) || 0;
  return offsetMs;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [RealDate.now() + offset()] : given, newTarget),
  get: (target, name, receiver) => (name === 'now' ? () => RealDate.now() + offset() : Reflect.get(target, name, receiver)),
});

import { db } from '../../lib/db/client';
import { speak } from '../../lib/words/languages';
import { Changes } from '../../server/changes';
import { WORK, type Work } from '../../server/job-handlers';
import { JobWorker } from '../../server/jobs';
import { Notices } from '../../server/notices';
import { type Act, doAct, JOBS_OF_NOTICES } from './owed-notices';

// Run as a process of its own, to be killed: what a server does with jobs, and acts that cause notices. Loaded long before
// it is told to begin, so that a hundred of them need not be waited for.

/** What it is told to cause: these, in this order. */
export type Begin = { acts: Act[] };

const url = process.env.DATABASE_URL ?? '';
speak('en');

process.once('message', (begin: Begin) => void work(begin));
// The first query of a process takes half a second: in some lives that would be all.
await db().$transaction((tx) => tx.mail.count());
process.send?.('loaded');

async function work({ acts }: Begin): Promise<void> {
  const worker = await JobWorker.start(url, Object.fromEntries(JOBS_OF_NOTICES.map((name): [string, Work] => [name, WORK[name]])));
  await new Notices(url, new Changes(), { onJob: () => worker.wake() }).open();
  for (const act of acts) await doAct(act);
}

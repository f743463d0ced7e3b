import { newAnswer, withAnswer } from '../../lib/answer';
import { disconnectDb } from '../../lib/db/client';
import { checkMention } from '../../lib/mentions/commands';
import { mentionJobSchema } from '../../lib/mentions/schema';

// Run as a process of its own on the blog under test, which asks nobody on this machine: the job, with a sender that it may ask.
const [job = '', trustedOrigin = ''] = process.argv.slice(2);
const { origin, ...read } = mentionJobSchema.parse(JSON.parse(job));
const answer = newAnswer({ requestId: 'test', clientIp: '127.0.0.1', origin });
const done = await withAnswer(answer, () => checkMention({ ...read, origin }, new Date(), { trustedOrigin }));
console.log(JSON.stringify(done));
await disconnectDb();

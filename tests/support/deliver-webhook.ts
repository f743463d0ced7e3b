import { disconnectDb } from '../../lib/db/client';
import { webhookJobSchema } from '../../lib/webhooks/schema';
import { deliverWebhook } from '../../lib/webhooks/sending';

// Run as a process of its own, with a receiver on this machine that it may tell: the blog itself tells none there.
const [job = '', trustedOrigin = '', at = ''] = process.argv.slice(2);
const done = await deliverWebhook(webhookJobSchema.parse(JSON.parse(job)), at === '' ? new Date() : new Date(at), { trustedOrigin });
console.log(JSON.stringify(done));
await disconnectDb();

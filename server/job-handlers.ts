import { newAnswer, withAnswer } from '../lib/answer';
import { deleteDueAccounts } from '../lib/account/commands';
import { backUpByHand, backUpNightly } from '../lib/backup/nightly';
import { env } from '../lib/env';
import type { JobName } from '../lib/jobs';
import { keepPicture } from '../lib/media/commands';
import type { PictureJob, VariantsJob } from '../lib/media/schema';
import { sweepUnfinished } from '../lib/media/store';
import { removeDeleted } from '../lib/media/uploads';
import { drawAll, measureNew } from '../lib/media/variants';
import { checkMention } from '../lib/mentions/commands';
import { mentionJobSchema } from '../lib/mentions/schema';
import { correctAkismet, forgetAkismet } from '../lib/moderation/akismet-corrections';
import { foldCounts } from '../lib/moderation/counts';
import { forgetLinks, sendHeldNotices } from '../lib/moderation/held-notices';
import { learnLessons } from '../lib/moderation/spam-learning';
import { sendStaffDigests } from '../lib/moderation/staff-digests';
import { runBulkAct } from '../lib/moderation/bulk';
import { sendDecisionMails } from '../lib/moderation/decision-mail';
import { deliverMail, emptyMail } from '../lib/notifications/commands';
import { sendStandingMail } from '../lib/people/standing-mail';
import { remindOfRemovals } from '../lib/privacy/removal-commands';
import { keepRetention } from '../lib/privacy/retention';
import { publishDue } from '../lib/posts/publish-job';
import { sendCommentNotices } from '../lib/subscriptions/comment-notices';
import { sendDigests } from '../lib/subscriptions/digests';
import { sendPostNotices } from '../lib/subscriptions/post-notices';
import { tendSearch } from '../lib/posts/search-words';
import { forgetLimits } from '../lib/rate-limit';
import { tidyReads } from '../lib/reads/counting';
import type { Result } from '../lib/result';
import { homeOrigin } from '../lib/site-origin';
import { uploadsFolder } from '../lib/transfer/room';
import { tidyTransfers } from '../lib/transfer/desk/tidying';
import type { Workplace } from '../lib/transfer/desk/transfer-job';
import { forgetDeliveries } from '../lib/webhooks/commands';
import { webhookJobSchema } from '../lib/webhooks/schema';
import { deliverWebhook } from '../lib/webhooks/sending';
import { z } from '../lib/zod';
import { backupSource } from './backup-source';
import { directAddress } from './database';
import { transferInThread } from './transfer-thread';

/**
 * Does one job. May be called again for the same job, and must not mind; what it throws makes it be tried again. What takes
 * long ends when the signal says that the process stops, and sees to it that it is gone on with.
 */
export type Handler = (data: unknown, signal?: AbortSignal) => Promise<void>;

/** `hourly`, `minutely`: is also sent once an hour or minute, by one of all processes. `atOnce`: so many at a time in one process. */
export type Work = { handle: Handler; atOnce: number; hourly?: boolean; minutely?: boolean };

const idJob = z.object({ id: z.uuid() });
const heldNoticeJob = z.object({ comment: z.uuid().optional(), person: z.uuid().optional(), origin: z.url() });
const commentNoticesJob = z.object({ comment: z.uuid(), origin: z.url(), after: z.uuid().optional() });
const postNoticesJob = z.object({ post: z.uuid(), origin: z.url(), after: z.uuid().optional() });
const bulkJob = z.object({ id: z.uuid(), origin: z.string() });
const pictureJob: z.ZodType<PictureJob> = z.object({ userId: z.uuid(), source: z.string(), trustedOrigin: z.string().nullable() });
const variantsJob: z.ZodType<VariantsJob> = z.object({ id: z.uuid().optional(), gone: z.string().optional() });
const backupJob = z.object({ byHand: z.boolean().optional() });
const decisionMailJob = z.object({ event: z.uuid(), origin: z.string() });

const workplace = (): Workplace => ({ url: directAddress(), folder: uploadsFolder() });

/** Who does what. */
export const WORK: Record<JobName, Work> = {
  publish: { handle: () => publishDue(new Date()), atOnce: 1, minutely: true },
  mail: { handle: async (data) => orThrow(await deliverMail(idJob.parse(data).id, new Date())), atOnce: 4 },
  picture: { handle: async (data) => orThrow(await keepPicture(pictureJob.parse(data))), atOnce: 2 },
  transfer: { handle: (data, signal) => transferInThread(idJob.parse(data).id, workplace(), signal), atOnce: 1 },
  'tidy-transfers': { handle: () => tidyTransfers(workplace()), atOnce: 1, minutely: true },
  'delete-accounts': { handle: () => deleteDueAccounts(new Date()), atOnce: 1, hourly: true },
  'fold-counts': { handle: foldCounts, atOnce: 1, hourly: true },
  'held-notice': { handle: (data) => sendHeldNotices(heldNoticeJob.parse(data), new Date()), atOnce: 2 },
  'forget-links': { handle: () => forgetLinks(new Date()), atOnce: 1, hourly: true },
  'forget-limits': { handle: forgetLimits, atOnce: 1, hourly: true },
  bulk: { handle: goOn, atOnce: 2 },
  learn: { handle: () => learnLessons(() => performance.now()), atOnce: 1, hourly: true },
  'decision-mail': { handle: (data) => sendDecisionMails(decisionMailJob.parse(data), new Date()), atOnce: 4 },
  akismet: { handle: (data) => correctAkismet(decisionMailJob.parse(data), new Date()), atOnce: 2 },
  'forget-akismet': { handle: () => forgetAkismet(new Date()), atOnce: 1, hourly: true },
  webmention: { handle: lookIntoMention, atOnce: 2 },
  'comment-notices': { handle: (data) => sendCommentNotices(commentNoticesJob.parse(data), new Date()), atOnce: 2 },
  'post-notices': { handle: (data) => sendPostNotices(postNoticesJob.parse(data), new Date()), atOnce: 1 },
  'staff-digests': { handle: (_, signal) => sendStaffDigests(new Date(), signal), atOnce: 1, hourly: true },
  digests: { handle: (_, signal) => sendDigests(new Date(), signal), atOnce: 1, hourly: true },
  'standing-mail': { handle: (data) => sendStandingMail(decisionMailJob.parse(data), new Date()), atOnce: 4 },
  backup: { handle: (data) => (backupJob.parse(data).byHand ? backUpByHand : backUpNightly)(backupSource(env()), new Date()), atOnce: 1, hourly: true },
  variants: { handle: makeVariants, atOnce: 1, minutely: true },
  'empty-mail': { handle: () => emptyMail(new Date()), atOnce: 1, hourly: true },
  'tidy-incoming': { handle: () => sweepUnfinished(new Date()), atOnce: 1, hourly: true },
  'search-words': { handle: (_, signal) => tendSearch(signal), atOnce: 1, minutely: true },
  webhook: { handle: async (data) => orThrow(await deliverWebhook(webhookJobSchema.parse(data), new Date())), atOnce: 4 },
  'forget-deliveries': { handle: () => forgetDeliveries(new Date()), atOnce: 1, hourly: true },
  retention: { handle: keepWhatMayBe, atOnce: 1, hourly: true },
  'tidy-reads': { handle: () => tidyReads(new Date()), atOnce: 1, hourly: true },
};

/** Forgets what was kept for long enough, and sees to it that nobody waits for an answer about what is written of them. */
async function keepWhatMayBe(_: unknown, signal?: AbortSignal): Promise<void> {
  await keepRetention(new Date(), signal);
  await remindOfRemovals(homeOrigin(), new Date());
}

async function makeVariants(data: unknown, signal?: AbortSignal): Promise<void> {
  const { id, gone } = variantsJob.parse(data);
  if (gone !== undefined) return removeDeleted(gone);
  return id === undefined ? measureNew(new Date(), signal) : drawAll(id, new Date(), signal);
}

/** Under the address that the blog had when it was told of: mails are sent. */
async function lookIntoMention(data: unknown): Promise<void> {
  const job = mentionJobSchema.parse(data);
  await withAnswer(newAnswer({ requestId: 'webmention', clientIp: '127.0.0.1', origin: job.origin }), async () => orThrow(await checkMention(job, new Date())));
}

/** Under the address that the blog had when the act was begun. */
async function goOn(data: unknown): Promise<void> {
  const { id, origin } = bulkJob.parse(data);
  await withAnswer(newAnswer({ requestId: `bulk ${id}`, clientIp: '127.0.0.1', origin }), () => runBulkAct(id, () => new Date()));
}

/** A refusal of a command makes the job be tried again. Its words stay where the command has put them: they may name a person. */
function orThrow(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`It was refused: ${result.code}.`);
}

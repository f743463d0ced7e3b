import type { Tx } from '../db/client';
import { sendJob } from '../jobs';
import { siteOrigin } from '../site-origin';

/** So long a mail waits about what a person has let appear: whoever pressed the wrong key takes it back, and nobody was told. */
const GRACE_SECONDS = 10;
/** The same for a new post, which is told to everybody at once. */
const POST_GRACE_SECONDS = 60;

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/**
 * Has those told who asked for it that a comment is published: a step of the command that publishes it, inside its
 * transaction. It may be called for each time that it is published; it is told once. `byPerson`: somebody decided.
 */
export async function causeCommentNotices(tx: Tx, commentId: string, byPerson: boolean, now: Date): Promise<void> {
  // A job runs outside of any request: the address of the blog goes with it.
  await sendJob(tx, 'comment-notices', { comment: commentId, origin: siteOrigin() }, { singletonKey: commentId, ...(byPerson && { startAfter: after(now, GRACE_SECONDS) }) });
}

/** The same of a post that has come out, for those who follow the blog. `origin`: where the blog is. */
export async function causePostNotices(tx: Tx, postId: string, origin: string, now: Date): Promise<void> {
  await sendJob(tx, 'post-notices', { post: postId, origin }, { singletonKey: postId, startAfter: after(now, POST_GRACE_SECONDS) });
}

import { redirect } from 'next/navigation';
import { acknowledgeWarning } from '@/lib/account/warning';
import { currentAnswer } from '@/lib/answer';
import { keepDraft } from '@/lib/comments/drafts';
import { replyPath } from '@/lib/comments/rules';
import { A_GUEST, refusalToKeep, type BoxIdentity, type BoxState, type Intent, type SentBox } from '@/lib/comments/box';
import { offeredProviders } from '@/lib/identity/offered';
import { sentenceOfSignIn, withQuery } from '@/lib/identity/rules';
import type { Provider } from '@/lib/identity/schema';
import { currentActor, endSession, markBrowser } from '@/lib/identity/session';
import { beginSignIn, mailSignInLink, signInByCode } from '@/lib/identity/signing-in';
import { isCommentId } from '@/lib/ids';
import { networkOf } from '@/lib/network';
import { secondsToWait } from '@/lib/rate-limit';
import { fail, type Failure } from '@/lib/result';
import { t } from '@/lib/words/t';
import { boxOf, refusedBox } from './box';

const acts: Record<Exclude<Intent, 'post' | 'take-out' | Provider>, (box: SentBox) => Promise<BoxState>> = {
  'log-out': async (box) => {
    await endSession();
    return boxOf(box, { identity: A_GUEST });
  },
  change: async (box) => boxOf({ ...box, asGuest: true }),
  stay: async (box) => boxOf({ ...box, asGuest: false }),
  email: sendLink,
  code: enterCode,
  read: readWarning,
};

/** Changes who is speaking, by one of the buttons of the box; what is typed stays, whatever comes of it. */
export async function changeSpeaker(box: SentBox): Promise<BoxState> {
  const { intent } = box;
  if (intent === 'post' || intent === 'take-out') return boxOf(box);
  return intent === 'google' || intent === 'twitter' || intent === 'facebook' ? goTo(intent, box) : acts[intent](box);
}

/** Where this box stands by itself. What is no id of a comment is left out: it stands in an address. */
const pathOfBox = ({ post, parent, reword }: SentBox): string => replyPath(post, parent || undefined, isCommentId(reword) ? reword : undefined);

async function readWarning(box: SentBox): Promise<BoxState> {
  const read = await acknowledgeWarning(await currentActor(), box.warning, new Date());
  return read.ok ? boxOf(box, { isResumed: true }) : refusedBox(box, read);
}

/** To a provider: in a window of its own, where the page has opened one, else from here, with the text kept until the way back. */
async function goTo(provider: Provider, box: SentBox): Promise<BoxState> {
  const back = pathOfBox(box);
  const returnTo = box.popup === null ? back : `/signed-in?${new URLSearchParams({ popup: box.popup, to: back })}`;
  const refusal = await refusalToGo(provider, box);
  if (!refusal && box.popup === null) await keepDraft(await markBrowser(), box, box, new Date(), await currentActor());
  const address = refusal ? null : await beginSignIn(provider, returnTo);
  if (address !== null) redirect(address);
  // The window tells its page, where the text is.
  if (box.popup !== null) redirect(withQuery(returnTo, { login: 'failed', way: provider }));
  return refusedBox(box, refusal ?? fail('unavailable', sentenceOfSignIn('failed', provider) ?? ''));
}

async function refusalToGo(provider: Provider, box: SentBox): Promise<Failure | null> {
  if (!offeredProviders().includes(provider)) return fail('not-found', sentenceOfSignIn('failed', provider) ?? '');
  return (box.popup === null ? refusalToKeep(box) : null) ?? refusalOfMany(currentAnswer().clientIp);
}

async function refusalOfMany(ip: string): Promise<Failure | null> {
  const retryAfterSeconds = await secondsToWait('sign-in', networkOf(ip));
  return retryAfterSeconds === null ? null : fail('too-many', t('comments.limits.signIn'), { retryAfterSeconds });
}

async function sendLink(box: SentBox): Promise<BoxState> {
  const refusal = refusalToKeep(box) ?? (await refusalOfMany(currentAnswer().clientIp));
  if (refusal) return refusedBox(box, refusal);
  await keepDraft(await markBrowser(), box, box, new Date(), await currentActor());
  const sent = await mailSignInLink(box.email, pathOfBox(box));
  if (!sent.ok) return refusedBox(box, sent);
  return boxOf({ ...box, email: sent.value.email }, { identity: await asking(sent.value.email, box) });
}

async function enterCode(box: SentBox): Promise<BoxState> {
  const begun = await signInByCode(box.code);
  if (!begun.ok) return refusedBox(box, begun, { identity: await asking(box.email, box) });
  return boxOf(box, { isResumed: true });
}

/** Somebody to whom a code was sent. */
async function asking(sentTo: string, { asGuest }: SentBox): Promise<BoxIdentity> {
  const actor = asGuest ? await currentActor() : null;
  return { kind: 'guest', sentTo, insteadOf: actor?.kind === 'person' ? actor.name : null };
}

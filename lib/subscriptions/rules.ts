import type { Frequency } from './schema';

/** What is known of an address that somebody asks for. */
export type Standing = { confirmedAt: Date | null; askedAt: Date | null; leftAt: Date | null; pauseReason: 'bounced' | 'complained' | null };

/**
 * What becomes of a wish. `active`: it holds at once. `ask`: the one mail goes out that asks its owner. `wait`: it holds when
 * they answer that, and nothing is sent meanwhile.
 */
export type Admission = 'active' | 'ask' | 'wait';

/**
 * Whether a wish for an address holds. `proof`: `own` when it is asked for by whoever has proven the address and is here,
 * `known` when the address has been proven to the blog, by whoever asks now or not, `none` otherwise.
 * Who has left is asked again, once; who has not answered is not asked twice; who called a mail spam never is.
 */
export function admissionOf(standing: Standing | null, proof: 'own' | 'known' | 'none'): Admission {
  if (proof === 'own') return 'active';
  if (standing?.confirmedAt) return 'active';
  if (proof === 'known' && !standing?.leftAt) return 'active';
  if (standing?.askedAt || standing?.pauseReason === 'complained') return 'wait';
  return 'ask';
}

/** What stands after an address has left everything: one that had confirmed may be asked again when somebody types it, one that never did may not. */
export const afterLeaving = ({ confirmedAt, askedAt }: Pick<Standing, 'confirmedAt' | 'askedAt'>, now: Date) =>
  ({ confirmedAt: null, leftAt: now, askedAt: confirmedAt ? null : askedAt });

/** What a list may do with an address that the blog knows already: nothing against what its owner has done. */
export function importOf(known: (Standing & { posts: Frequency | null; postsSince: Date | null }) | null): 'new' | 'follows' | 'left' | 'waits' {
  if (!known) return 'new';
  if (known.leftAt || known.pauseReason || (known.posts === null && known.postsSince)) return 'left';
  if (known.posts !== null) return known.confirmedAt ? 'follows' : 'waits';
  return known.confirmedAt ? 'new' : 'waits';
}

/** An address as its page names it: enough for whoever knows it. */
export function hiddenAddress(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, 1)}…@${domain}`;
}

/** Where the page of an address is; `what`: below it, where something is confirmed or left. */
export const subscriptionsPath = (token: string, what: 'confirm' | 'unsubscribe' | null = null): string => `/subscriptions/${token}${what ? `/${what}` : ''}`;
/** Where a mail program leaves for its reader (RFC 8058): new posts, one thread, or everything. */
export const leavePath = (token: string, what: string): string => `/api/subscriptions/${token}/${what}`;
/** The page of a comment for its writer. */
export const receiptPath = (token: string): string => `/receipts/${token}`;
/** Where whoever wrote a comment in this browser, or signed in, comes to that page. */
export const ownReceiptPath = (commentId: string): string => `/comments/${commentId}/receipt`;

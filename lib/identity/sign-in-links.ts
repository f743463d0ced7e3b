import type { Tag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { lockKeys } from '../lock';
import { newId } from '../ids';
import { networkOf } from '../network';
import { networkMarker, type NetworkMarks } from '../network-keys';
import { sendMail } from '../notifications/outbox';
import { letter } from '../notifications/letter';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { claimAddress, createPerson, openSession } from './people';
import { pathHere } from './rules';
import { emailSchema, SIGN_IN_CODE_TRIES, SIGN_IN_CODE_TRIES_A_DAY, SIGN_IN_LINK_MINUTES, SIGN_IN_LINKS_PER_EMAIL, SIGN_IN_LINKS_PER_IP } from './schema';
import { codeHash, isCode, newCode, newToken, tokenHash, tokenHashes } from './tokens';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const gone = () => fail('not-found', t('identity.link.gone'));
const wrongCode = () => fail('invalid', t('identity.code.wrong'), { fields: { code: t('identity.code.wrongShort') } });

/** A session that has begun: the token for the cookie, when it ends, where its person was going. */
export type Begun = { sessionToken: string; expires: Date; returnTo: string };

const linkPath = (token: string) => `/sign-in/link?token=${token}`;
const inMinutes = (now: Date) => new Date(now.getTime() + SIGN_IN_LINK_MINUTES * MINUTE_MS);

/**
 * Makes a one-time sign-in link for somebody known, on the command line; only its hash is stored.
 * Value: the path of the link, to be put behind SITE_URL, good for SIGN_IN_LINK_MINUTES.
 * Refuses: `invalid` for what is not an address, `not-found` when nobody has it.
 */
export async function issueSignInLink(email: string, now: Date): Promise<Result<{ path: string }>> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) return fail('invalid', `“${email}” is not an e-mail address.`);
  const user = await db().user.findUnique({ where: { email: parsed.data }, select: { id: true } });
  if (!user) {
    return fail('not-found', `Nobody here has the address ${parsed.data}. Give them a role first: npm run people -- grant ${parsed.data} reader`);
  }
  const token = newToken();
  await db().signInLink.create({ data: { id: newId(), email: parsed.data, tokenHash: tokenHash(token), createdAt: now, expires: inMinutes(now), returnTo: '/admin' } });
  return ok({ path: linkPath(token) });
}

type Asker = {
  /** Keyed hash of the cookie of the browser that asks: the short code opens only there. */
  browserHash: string;
  ip: string;
  /** Where the blog is, for the link in the mail. */
  origin: string;
  returnTo: string;
  siteTitle: string;
};

/**
 * Sends a sign-in link and a short code to an address, known here or not: nothing in the answer, or in what is done
 * before it, tells which. Both work once, for SIGN_IN_LINK_MINUTES; a newer one does not end an older.
 * Value: the address as it is kept.
 * Refuses: `invalid`, `too-many` for an address, or a place on the network, that has asked often this hour.
 */
export async function sendSignInLink(address: string, asker: Asker, now: Date): Promise<Result<{ email: string }>> {
  const parsed = emailSchema.safeParse(address);
  if (!parsed.success) return fail('invalid', parsed.error.issues[0]?.message ?? '', { fields: { email: parsed.error.issues[0]?.message ?? '' } });
  const email = parsed.data;
  const from = (await networkMarker())(networkOf(asker.ip));
  return db().$transaction(async (tx) => {
    const refusal = await refusalOfMany(tx, email, from, now);
    if (refusal) return refusal;
    const [token, code, expires] = [newToken(), newCode(), inMinutes(now)];
    const { browserHash, returnTo } = asker;
    await tx.signInLink.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - DAY_MS) } } });
    await tx.signInLink.create({
      data: { id: newId(), email, tokenHash: tokenHash(token), codeHash: codeHash(code, browserHash), browserHash, ipHash: from.present, returnTo: pathHere(returnTo), createdAt: now, expires },
    });
    await sendMail(tx, { to: email, ...await signInMail(asker, token, code), expires }, now);
    return ok({ email });
  });
}

async function signInMail({ siteTitle, origin }: Asker, token: string, code: string) {
  return {
    subject: t('identity.mail.subject', { blog: siteTitle }),
    ...await letter({
      siteTitle,
      paragraphs: [
        t('identity.mail.words', { blog: siteTitle, minutes: String(SIGN_IN_LINK_MINUTES) }),
      ],
      action: { label: t('identity.signIn.heading'), href: origin + linkPath(token) },
      code,
      footer: t('identity.mail.footer'),
    }),
  };
}

async function refusalOfMany(tx: Tx, email: string, from: NetworkMarks, now: Date): Promise<Failure | null> {
  // What was asked is counted before more is asked.
  await lockKeys(tx, `link:${email}`, `link:${from.present}`);
  const anHourAgo = new Date(now.getTime() - HOUR_MS);
  const [byEmail, byIp] = await Promise.all([
    tx.signInLink.findMany({ where: { email, ipHash: { not: null }, createdAt: { gt: anHourAgo } }, select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: SIGN_IN_LINKS_PER_EMAIL }),
    tx.signInLink.findMany({ where: { ipHash: { in: from.all }, createdAt: { gt: anHourAgo } }, select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: SIGN_IN_LINKS_PER_IP }),
  ]);
  const oldest = byEmail.length >= SIGN_IN_LINKS_PER_EMAIL ? byEmail.at(-1) : byIp.length >= SIGN_IN_LINKS_PER_IP ? byIp.at(-1) : undefined;
  if (!oldest) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.createdAt.getTime() + HOUR_MS - now.getTime()) / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return fail('too-many', t('identity.link.tooMany', { minutes }), { retryAfterSeconds });
}

type Link = { id: string; email: string; returnTo: string };

/** Uses a link up: of several at once one does. */
async function use(tx: Tx, changed: (tag: Tag) => void, link: Link, userAgent: string | null, now: Date): Promise<Begun | null> {
  const used = await tx.signInLink.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: now } });
  if (used.count === 0) return null;
  // They see the name that stands to be theirs, and may change it, before anybody else does.
  const user = await createPerson(tx, { name: null, email: link.email, proven: true }, now);
  await claimAddress(tx, changed, user.id, link.email, now);
  return { ...(await openSession(tx, user.id, userAgent, now)), returnTo: link.returnTo };
}

/**
 * Uses up a sign-in link and begins a session; the address is proven by it. Two uses at once: one wins.
 * Refuses: `not-found` for a link that is unknown, used or older than SIGN_IN_LINK_MINUTES.
 */
export async function redeemSignInLink(token: string, now: Date, userAgent: string | null = null): Promise<Result<Begun>> {
  return changing(async (tx, changed) => {
    const link = await tx.signInLink.findFirst({ where: { tokenHash: { in: tokenHashes(token) } }, select: { id: true, email: true, returnTo: true, expires: true } });
    if (!link || link.expires <= now) return gone();
    const begun = await use(tx, changed, link, userAgent, now);
    return begun ? ok(begun) : gone();
  });
}

/** Whether many wrong codes were tried for an address within a day, from wherever: then only the links work. */
async function hasGuessedMuch(tx: Tx, email: string, now: Date): Promise<boolean> {
  const { _sum: { wrongCodes } } = await tx.signInLink.aggregate({ where: { email, createdAt: { gt: new Date(now.getTime() - DAY_MS) } }, _sum: { wrongCodes: true } });
  return (wrongCodes ?? 0) >= SIGN_IN_CODE_TRIES_A_DAY;
}

/**
 * The same by the short code, in the browser that asked: the newest link it asked for. Wrong codes are counted, and after
 * SIGN_IN_CODE_TRIES the right one opens nothing either. `browserHashes`: as the browser may be known, the present hash first.
 * Refuses: `invalid`.
 */
export async function redeemSignInCode(browserHashes: readonly string[], code: string, now: Date, userAgent: string | null = null): Promise<Result<Begun>> {
  const digits = code.replace(/\D/g, '');
  if (browserHashes.length === 0) return wrongCode();
  return changing(async (tx, changed) => {
    // Locked, so that a hundred tries at once are counted as a hundred.
    await lockKeys(tx, ...browserHashes.map((hash) => `code:${hash}`));
    const link = await tx.signInLink.findFirst({
      where: { browserHash: { in: [...browserHashes] }, usedAt: null, expires: { gt: now }, wrongCodes: { lt: SIGN_IN_CODE_TRIES } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, email: true, returnTo: true, codeHash: true, browserHash: true },
    });
    if (!link || (await hasGuessedMuch(tx, link.email, now))) return wrongCode();
    if (!isCode(link.codeHash ?? '', digits, link.browserHash ?? '')) {
      await tx.signInLink.update({ where: { id: link.id }, data: { wrongCodes: { increment: 1 } }, select: { id: true } });
      return wrongCode();
    }
    const begun = await use(tx, changed, link, userAgent, now);
    return begun ? ok(begun) : wrongCode();
  });
}

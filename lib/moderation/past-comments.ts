import { isIP } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { db } from '../db/client';
import type { Care, Standing } from '../db/generated/enums';
import { networkOf } from '../network';
import { networkMarker } from '../network-keys';
import { standingNow } from '../people/rules';
import { readLinks } from '../text/comment-text';
import { beginningOf, plainText } from '../text/plain';
import { detailKindsIn } from '../text/private-details';
import { storedHtml } from '../text/safe-html';
import type { PastComment } from './dry-run';
import { TRIED_COMMENTS } from './rules-form';
import { NOTHING_NOTICED, UNDER_PSEUDONYM, type Noticed, type ScreenedAuthor } from './screening';
import type { CommentStatus, DetailKind } from './schema';
import { featuresOf, type Feature } from './spam-features';
import { findKnowledge } from './spam-knowledge';
import { scoreOf, type Knowledge } from './spam-score';

const BEGINNING_CHARACTERS = 160;

type Row = {
  publicId: string; name: string; email: string | null; website: string | null; source: string; html: string; status: CommentStatus; createdAt: Date; ipHash: string | null;
  isPerson: boolean; isPseudonym: boolean; isRewording: boolean; standing: Standing | null; standingUntil: Date | null; provenEmail: string | null;
  post: string; care: Care; hasApproved: boolean; isKnown: boolean;
};

/** The newest comments of readers, with what was known of each writer when it came; conditions as in isKnownIdentity. */
const listRows = (): Promise<Row[]> => db().$queryRaw<Row[]>`
  WITH last AS (
    SELECT c.*, u."standing", u."standingUntil", CASE WHEN u."emailVerified" IS NOT NULL THEN u."email" END AS "provenEmail", p."title" AS "post", p."care"
    FROM "Comment" c JOIN "Post" p ON p."id" = c."postId" LEFT JOIN "User" u ON u."id" = c."userId"
    WHERE c."kind" = 'comment' AND c."status" <> 'deleted'
      AND (c."pseudonymId" IS NOT NULL OR c."userId" IS NULL OR u."role" = 'reader' OR (u."role" = 'author' AND p."authorId" <> u."id"))
    ORDER BY c."createdAt" DESC, c."id" DESC LIMIT ${TRIED_COMMENTS}
  )
  SELECT c."publicId", c."name", c."email", c."website", c."source", c."html", c."status"::text AS "status", c."createdAt", c."ipHash", c."standing"::text AS "standing", c."standingUntil", c."provenEmail",
    c."post", c."care"::text AS "care", c."userId" IS NOT NULL AS "isPerson", c."pseudonymId" IS NOT NULL AS "isPseudonym", c."rewordsId" IS NOT NULL AS "isRewording",
    EXISTS (SELECT 1 FROM "Comment" o WHERE o."userId" = c."userId" AND o."pseudonymId" IS NULL AND o."status" = 'approved' AND o."createdAt" < c."createdAt") AS "hasApproved",
    c."userId" IS NULL AND (
      EXISTS (SELECT 1 FROM "Comment" o WHERE lower(o."name") = lower(c."name") AND o."status" = 'approved' AND o."kind" = 'comment' AND (o."pseudonymId" IS NULL OR o."postId" = c."postId") AND o."createdAt" < c."createdAt")
      OR EXISTS (SELECT 1 FROM "Comment" o WHERE o."email" = c."email" AND o."status" = 'approved' AND o."createdAt" < c."createdAt")
      OR EXISTS (SELECT 1 FROM "User" o WHERE (o."email" = c."email" OR lower(o."name") = lower(c."name")) AND o."role" <> 'reader')
    ) AS "isKnown"
  FROM last c ORDER BY c."createdAt" DESC, c."id" DESC`;

/** The addresses on the network that stand in these lines one by one, by what a comment may keep of one: of IPv6 its first half. A range finds none. */
async function addressesIn(lines: Iterable<string>): Promise<Map<string, string>> {
  const marksOf = await networkMarker();
  return new Map([...lines].filter((line) => isIP(line) !== 0).flatMap((line) => marksOf(networkOf(line)).all.map((mark) => [mark, line] as const)));
}

type Read = { text: string; linkHosts: string[]; linkShare: number; details: DetailKind[]; features: Feature[] };

/** What was read of the same comment before: somebody who tries one change after another has the same comments read each time. */
const reads = new Map<string, Read>();

function readOnce({ name, email, website, source, html }: Row): Read {
  const key = [name, email, website, html].join('\0');
  const known = reads.get(key);
  if (known) return known;
  const { hosts, share } = html.includes('<a ') ? readLinks(storedHtml(html)) : { hosts: [], share: 0 };
  const written = { text: plainText(html), linkHosts: hosts, linkShare: share };
  const read = { ...written, details: detailKindsIn(source), features: featuresOf({ name, email: email ?? '', website: website ?? '', ...written }) };
  if (reads.size >= 2 * TRIED_COMMENTS) reads.clear();
  reads.set(key, read);
  return read;
}

/**
 * What is noticed again of a past comment: its text alone, by what this blog has learned since. How it came, and what else came at that time, was
 * not kept; by both rules that is the same.
 */
const noticedAgain = ({ details, features }: Read, knowledge: Knowledge): Noticed => ({ ...NOTHING_NOTICED, details, spam: scoreOf(features, knowledge) });

function authorOf(row: Row, now: Date): ScreenedAuthor {
  const { isPerson, isPseudonym, isRewording, standing, standingUntil } = row;
  if (isPseudonym) return { ...UNDER_PSEUDONYM, isRewording };
  const present = standing && standingNow({ standing, standingUntil }, now);
  return {
    isStaff: false, isSignedIn: isPerson, isTrusted: present === 'trusted', isAlwaysHeld: present === 'held', hasApprovedComment: row.hasApproved, usesKnownIdentity: row.isKnown,
    provenEmail: row.provenEmail, isPseudonym, isRewording,
  };
}

/**
 * The newest comments of readers as screening would read them again, for owners. Of a writer it is what was so when the
 * comment came, but for their standing, which is that of now. `lines`: of all lists of the rules, for an address on the
 * network is known again only by one that is written there.
 */
export async function listPastComments(lines: Iterable<string>, now: Date): Promise<PastComment[]> {
  const addresses = await addressesIn(lines);
  const rows: { row: Row; read: Read }[] = [];
  for (const row of await listRows()) {
    rows.push({ row, read: readOnce(row) });
    // One that is long and full of links takes half a second, and 200 of them may have come: others get their turn.
    await setImmediate();
  }
  const knowledge = await findKnowledge(db(), new Set(rows.flatMap(({ read }) => read.features.map(({ id }) => id))));
  return rows.map(({ row, read }) => {
    const { publicId, name, status, createdAt, post, care } = row;
    const { text, linkHosts, linkShare } = read;
    const ip = row.isPseudonym || row.ipHash === null ? '' : (addresses.get(row.ipHash) ?? '');
    return {
      id: publicId, name, status, createdAt: createdAt.toISOString(), post, beginning: beginningOf(text, BEGINNING_CHARACTERS),
      draft: { name, email: row.email ?? '', website: row.website ?? '', source: row.source, text, linkHosts, linkShare, ip, care, noticed: noticedAgain(read, knowledge) },
      author: authorOf(row, now),
    };
  });
}

import { guestSchema } from '../comments/schema';
import type { CommentStatus } from '../db/generated/enums';
import type { Role } from '../identity/schema';
import { fail, ok, type Failure, type Result } from '../result';
import { lookOf } from '../text/alike';
import type { Profile, ToldState } from './schema';
import { t } from '../words/t';

// A name and a website are the same for a guest and for a person.
const profileSchema = guestSchema.pick({ name: true, website: true });

/** The form of the profile as plain text: a file where text belongs counts as nothing. */
export function readProfile(form: FormData): Profile {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), website: text('website'), showPicture: text('picture') === 'on' };
}

/**
 * Checks how a person wants to be seen, by the rules for a guest's name and website.
 * Refuses: `invalid` with a sentence per field; a name of which nothing is seen is none.
 */
export function parseProfile(entered: Profile): Result<Profile> {
  const parsed = profileSchema.safeParse(entered);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) fields[String(issue.path[0])] ??= issue.message;
  if (parsed.success && lookOf(parsed.data.name) === '') fields.name = t('account.refusals.unreadableName');
  if (!parsed.success || Object.keys(fields).length > 0) return fail('invalid', Object.values(fields).join(' '), { fields });
  return ok({ ...parsed.data, showPicture: entered.showPicture });
}

/**
 * What a comment's writer is told of its state. Whom screening alone sorted out is not told how: to them it waits, as in
 * the page of one's own waiting comments.
 */
export function toldState(status: CommentStatus, isDecidedByPerson: boolean): ToldState {
  if (status === 'approved') return 'published';
  if (status === 'pending') return 'waiting';
  return isDecidedByPerson ? 'not published' : 'waiting';
}

/** Why an account cannot be deleted, or null. `conflict` for the last owner, then for whoever has written posts. */
export function refusalToDelete(person: { role: Role; posts: number; owners: number }): Failure | null {
  if (person.role === 'owner' && person.owners <= 1) return fail('conflict', t('account.refusals.onlyOwner'));
  return person.posts > 0 ? fail('conflict', t('account.refusals.hasPosts', { count: person.posts })) : null;
}

/** Why a way of signing in cannot be taken away, or null: the last one stays. A proven address is a way. */
export function refusalToUnlink(ways: { logins: number; hasProvenEmail: boolean }): Failure | null {
  if (ways.logins + Number(ways.hasProvenEmail) > 1) return null;
  return fail('conflict', t('account.refusals.onlyWayIn'));
}

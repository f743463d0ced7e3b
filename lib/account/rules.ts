import { guestSchema } from '../comments/schema';
import type { CommentStatus } from '../db/generated/enums';
import type { Role } from '../identity/schema';
import { fail, ok, type Failure, type Result } from '../result';
import { lookOf } from '../text/alike';
import type { Profile, ToldState } from './schema';

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
  if (parsed.success && lookOf(parsed.data.name) === '') fields.name = 'Please enter a name that can be read.';
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
  if (person.role === 'owner' && person.owners <= 1) return fail('conflict', 'You are the only owner of this blog. Make somebody else owner first.');
  if (person.posts > 0) {
    const posts = person.posts === 1 ? 'a post on this blog' : `${person.posts} posts on this blog`;
    return fail('conflict', `You have written ${posts}. Hand ${person.posts === 1 ? 'it' : 'them'} to somebody else first.`);
  }
  return null;
}

/** Why a way of signing in cannot be taken away, or null: the last one stays. A proven address is a way. */
export function refusalToUnlink(ways: { logins: number; hasProvenEmail: boolean }): Failure | null {
  if (ways.logins + Number(ways.hasProvenEmail) > 1) return null;
  return fail('conflict', 'This is your only way to sign in. Link another one first.');
}

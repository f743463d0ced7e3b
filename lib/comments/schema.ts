import { z } from '../zod';
import type { SignInWay } from '../db/generated/enums';
import { fail, ok, type Failure, type Result } from '../result';
import type { SafeHtml } from '../text/safe-html';

export const NAME_MAX_CHARACTERS = 245;
export const EMAIL_MAX_CHARACTERS = 100;
export const WEBSITE_MAX_CHARACTERS = 200;
export const TEXT_MAX_BYTES = 65_525;

/** How deep replies are shown inside one another; deeper ones stand flat, “in reply to NAME”. */
export const MAX_DEPTH = 5;
/** How deep they are shown inside one another on a phone: a thread and three steps in. */
export const PHONE_DEPTH = 4;
/** About how many comments a page of a discussion holds, and how many it never exceeds. */
export const PAGE_COMMENTS = 50;
export const PAGE_COMMENTS_LIMIT = 200;

const characters = (value: string) => [...value].length;
const bytes = (value: string) => new TextEncoder().encode(value).length;
// Control characters that no keyboard types, NUL among them, which PostgreSQL cannot store.
const isWritten = (value: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value) && value.isWellFormed();

const written = z.string().default('').refine(isWritten, 'This contains characters that cannot be stored. Please type it again.');
const line = (max: number, what: string) =>
  written.transform((value) => value.replace(/\s+/g, ' ').trim()).refine((value) => characters(value) <= max, `Please use at most ${max} characters for ${what}.`);

const isWebAddress = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).hostname.includes('.');
const withScheme = (value: string) => (value === '' || /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`);

export const textSchema = written
  .refine((value) => value.trim() !== '', 'Please write something first.')
  .refine((value) => bytes(value) <= TEXT_MAX_BYTES, 'Please shorten your comment: it is longer than this blog can take, which is about sixty thousand letters.');

/** Who a guest says they are. */
export const guestSchema = z.object({
  email: line(EMAIL_MAX_CHARACTERS, 'your address')
    .refine((value) => value !== '', 'Please enter your e-mail address. It is never made public.')
    .transform((value) => value.toLowerCase())
    .refine((value) => value === '' || z.email().safeParse(value).success, 'Please enter an e-mail address such as name@example.com.'),
  name: line(NAME_MAX_CHARACTERS, 'your name').refine((value) => value !== '', 'Please enter your name.'),
  website: line(WEBSITE_MAX_CHARACTERS, 'your website')
    .transform(withScheme)
    .refine((value) => value === '' || isWebAddress(value), 'Please enter a web address such as https://example.com, or leave it empty.'),
});

/** A comment as the box sends it. A signed-in person sends no guest. */
export const newCommentSchema = z.object({
  post: z.string().refine(isWritten, 'This form is not complete. Load the page again.'),
  parent: z.string().default(''),
  comment: textSchema,
});

export type Guest = z.infer<typeof guestSchema>;
export type NewComment = {
  post: string;
  parent: string;
  comment: string;
  guest: Guest | null;
  /** The name on this post only under which a signed-in person wants to write; null: under their own. */
  pseudonym?: string | null;
  /** The name that a signed-in person who has none yet gives themself. */
  ownName?: string | null;
};

/** The fields of our forms in which a person writes; what they hold is given back when a form cannot be taken at all. */
export const WRITTEN_FIELDS: readonly string[] = ['comment', 'text', 'email', 'name', 'website', 'pseudonym'];

/** What the box shows again after a refusal, or after its writer went to sign in. */
export const enteredSchema = z.object({
  comment: z.string(),
  name: z.string(),
  email: z.string(),
  website: z.string(),
  save: z.boolean(),
  asPseudonym: z.boolean(),
  pseudonym: z.string(),
});

export type EnteredComment = z.infer<typeof enteredSchema>;

export const NOTHING_ENTERED: EnteredComment = { comment: '', name: '', email: '', website: '', save: false, asPseudonym: false, pseudonym: '' };

/** Who is speaking, as the box shows it. */
export type BoxIdentity =
  | {
      kind: 'guest';
      /** Where a sign-in link went just now: the box asks for its code. */
      sentTo: string | null;
      /** The name of somebody who is signed in and looks for another way. */
      insteadOf: string | null;
    }
  | {
      kind: 'person';
      name: string;
      /** False for somebody new by e-mail: they are asked, and `name` is only proposed. */
      isNamed: boolean;
      way: SignInWay;
      /** Path of their picture. */
      picture: string | null;
      /** The name on this post only that they have taken. */
      pseudonym: string | null;
      mayTakePseudonym: boolean;
    };

export const A_GUEST: Extract<BoxIdentity, { kind: 'guest' }> = { kind: 'guest', sentTo: null, insteadOf: null };

/** The box between two requests: why it was refused, what was typed, whom it answers, who is speaking. */
export type BoxState = {
  message: string | null;
  fields: Record<string, string>;
  entered: EnteredComment;
  parent: { id: string; name: string } | null;
  /** Who is speaking, where the page itself does not know. */
  identity?: BoxIdentity;
  /** The box is what the page was asked for: the text has the focus. */
  isResumed?: boolean;
};

/** What the buttons of the box do. */
export const INTENTS = ['post', 'log-out', 'change', 'stay', 'email', 'code', 'google', 'twitter', 'facebook'] as const;
export type Intent = (typeof INTENTS)[number];

/** A sent box as plain text. */
export type SentBox = EnteredComment & {
  post: string;
  parent: string;
  intent: Intent;
  code: string;
  /** Somebody signed in who writes as a guest this once. */
  asGuest: boolean;
  /** The window of a sign-in, by a word that the page made up; none: the page itself goes. */
  popup: string | null;
};

/** Reads a sent box: a file where text belongs counts as nothing. */
export function readBox(form: FormData): SentBox {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
  };
  const code = text('code');
  const intent = INTENTS.find((one) => one === text('intent')) ?? 'post';
  return {
    post: text('post'),
    parent: text('parent'),
    comment: text('comment'),
    name: text('name'),
    email: text('email'),
    website: text('website'),
    save: text('save') === 'on',
    asPseudonym: text('as-pseudonym') === 'on',
    pseudonym: text('pseudonym'),
    code,
    // Enter in the field of the code presses the form's first button.
    intent: intent === 'post' && code.trim() !== '' ? 'code' : intent,
    asGuest: text('as') === 'guest',
    popup: /^[\w-]{16,64}$/.exec(text('popup'))?.[0] ?? null,
  };
}

/** Why what was typed cannot be kept while its writer goes to sign in, or null. */
export function refusalToKeep(entered: EnteredComment): Failure | null {
  const isStorable = Object.values(entered).every((value) => typeof value !== 'string' || (isWritten(value) && bytes(value) <= TEXT_MAX_BYTES));
  return isStorable ? null : fail('invalid', 'This text is too long, or contains characters that cannot be stored. Please change it before you sign in.', { fields: { comment: 'This text is too long, or contains characters that cannot be stored.' } });
}

/** Who sends a box, as far as it matters to what has to be filled in. */
export type BoxSender = { kind: 'guest' } | { kind: 'person'; isNamed: boolean };

/** Checks a sent box; a guest's name and address only where a guest is speaking. `invalid` carries a sentence per field. */
export function parseBox(box: SentBox, sender: BoxSender): Result<NewComment> {
  const comment = newCommentSchema.safeParse(box);
  const guest = sender.kind === 'guest' ? guestSchema.safeParse(box) : null;
  const own = sender.kind === 'person' ? ownNameSchema(sender, box).safeParse(box) : null;
  const issues = [...(comment.error?.issues ?? []), ...(guest?.error?.issues ?? []), ...(own?.error?.issues ?? [])];
  if (comment.success && (guest === null || guest.success) && (own === null || own.success)) {
    const { name = null, pseudonym = null } = own?.data ?? {};
    return ok({ ...comment.data, guest: guest?.data ?? null, ownName: name, pseudonym });
  }
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[String(issue.path[0])] ??= issue.message;
  return fail('invalid', Object.values(fields).join(' '), { fields });
}

const ownName = (what: string) => line(NAME_MAX_CHARACTERS, what).refine((value) => value !== '', 'Please enter a name.');

/** The names that a signed-in person gives: their own where they have none (whether they need one, submitComment knows), the one for this post where they want one. */
function ownNameSchema({ isNamed }: { isNamed: boolean }, { name, asPseudonym }: { name: string; asPseudonym: boolean }) {
  const none = z.unknown().transform(() => null);
  return z.object({
    name: isNamed || asPseudonym || name.trim() === '' ? none : ownName('your name'),
    pseudonym: asPseudonym ? ownName('this name') : none,
  });
}

/** One comment in a page of a discussion, with what its reply list holds. Never an e-mail. */
export type CommentNode = CommentView | AnchorNode;

export type CommentView = {
  kind: 'comment';
  id: string;
  legacyNumber: number | null;
  depth: number;
  name: string;
  /** The path of its writer's own picture; null for a guest, a pseudonym, or one who shows none. */
  picture: string | null;
  website: string | null;
  isPostAuthor: boolean;
  createdAt: Date;
  isEdited: boolean;
  html: SafeHtml;
  inReplyTo: { id: string; name: string } | null;
  replies: CommentNode[];
};

/** Where a comment stood that is not shown, kept because visible replies stand below it. */
export type AnchorNode = { kind: 'anchor'; id: string; legacyNumber: number | null; depth: number; replies: CommentNode[] };

/** One's own comment that is not published yet. */
export type WaitingComment = { id: string; parentId: string | null; parentName: string | null; name: string; picture: string | null; createdAt: Date; html: SafeHtml };

/** The comment that a reply page shows above its box. */
export type ReplyTarget = { id: string; name: string; html: SafeHtml; createdAt: Date };

export type MentionView = { id: string; name: string; website: string | null; createdAt: Date };

export type DiscussionView = { page: number; pages: number; threads: CommentNode[]; mentions: MentionView[] };

import { z } from '../zod';
import type { SignInWay } from '../db/generated/enums';
import { fail, ok, type Failure, type Result } from '../result';
import { enteredWishesSchema, frequencySchema, NOTHING_WISHED, scopeSchema, WISH_FIELDS, wishesOf, type Wishes } from '../subscriptions/schema';
import type { DetailKind } from '../text/detail-kinds';
import { t } from '../words/t';
import { bytes, guestSchema, isWritten, line, type LineName, NAME_MAX_CHARACTERS, newCommentSchema, TEXT_MAX_BYTES, type NewComment, type SentForm } from './schema';

/** What the box shows again after a refusal, or after its writer went to sign in. */
export const enteredSchema = z.object({
  comment: z.string(),
  name: z.string(),
  email: z.string(),
  website: z.string(),
  save: z.boolean(),
  asPseudonym: z.boolean(),
  pseudonym: z.string(),
  /** Marks of the private details in the text that its writer was told of (lib/comments/word-before.ts). */
  told: z.string().default(''),
  /** What its writer asks to be told of by mail. */
  notify: enteredWishesSchema.default(NOTHING_WISHED),
});

export type EnteredComment = z.infer<typeof enteredSchema>;

export const NOTHING_ENTERED: EnteredComment = { comment: '', name: '', email: '', website: '', save: false, asPseudonym: false, pseudonym: '', told: '', notify: NOTHING_WISHED };

/** What is said to somebody in the box: words to read before they write, or that they cannot write, why, and until when. */
export type StandingNotice = { kind: 'warning'; words: string } | { kind: 'suspended' | 'banned'; reason: string; until: Date | null };

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
      /** They have proven an address: mails can go there. */
      hasAddress: boolean;
      /** What stands between them and writing. */
      notice: StandingNotice | null;
    };

export const A_GUEST: Extract<BoxIdentity, { kind: 'guest' }> = { kind: 'guest', sentTo: null, insteadOf: null };

/** The box between two requests: why it was refused, what was typed, whom it answers, who is speaking. */
export type BoxState = {
  message: string | null;
  fields: Record<string, string>;
  entered: EnteredComment;
  parent: { id: string; name: string } | null;
  /** The declined comment that is said in other words, by its public id. */
  reword?: string;
  /** Of the form that was sent: it stays the same form. */
  token?: string;
  /** Who is speaking, where the page itself does not know. */
  identity?: BoxIdentity;
  /** The box is what the page was asked for: the text has the focus. */
  isResumed?: boolean;
  /** What in the text is not for everyone to read: said once, before it is taken. */
  details?: ShownDetail[];
  /** That was taken out just now. */
  isTakenOut?: boolean;
};

/** Something private in a text, as it stands there. */
export type ShownDetail = { kind: DetailKind; shown: string };

/** The fields of the box that nobody fills in: by what they hold a machine is known. No browser fills in a subject. */
export const BOX_FIELDS = { token: 'form', trap: 'subject', seconds: 'seconds' } as const;

/** What the buttons of the box do. */
export const INTENTS = ['post', 'take-out', 'log-out', 'change', 'stay', 'email', 'code', 'read', 'google', 'twitter', 'facebook'] as const;
export type Intent = (typeof INTENTS)[number];

/** A sent box as plain text. */
export type SentBox = EnteredComment & {
  post: string;
  parent: string;
  reword: string;
  form: SentForm;
  /** What the box showed of what was written to them, and they say that they have read. */
  warning: string;
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
    reword: text('reword'),
    form: { token: text(BOX_FIELDS.token), trap: text(BOX_FIELDS.trap), seconds: /^\d{1,7}$/.test(text(BOX_FIELDS.seconds)) ? Number(text(BOX_FIELDS.seconds)) : null },
    warning: text('warning'),
    comment: text('comment'),
    name: text('name'),
    email: text('email'),
    website: text('website'),
    save: text('save') === 'on',
    asPseudonym: text('as-pseudonym') === 'on',
    pseudonym: text('pseudonym'),
    told: /^[\da-f.]{12,1300}$/.exec(text('told'))?.[0] ?? '',
    notify: {
      comments: text(WISH_FIELDS.comments) === 'on', scope: scopeSchema.parse(text(WISH_FIELDS.scope)),
      posts: text(WISH_FIELDS.posts) === 'on', frequency: frequencySchema.parse(text(WISH_FIELDS.frequency)),
    },
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
  return isStorable ? null : fail('invalid', t('comments.box.cannotKeepNow'), { fields: { comment: t('comments.box.cannotKeep') } });
}

/** Who sends a box, as far as it matters to what has to be filled in. */
export type BoxSender = { kind: 'guest' } | { kind: 'person'; isNamed: boolean };

/** Checks a sent box; a guest's name and address only where a guest is speaking. `invalid` carries a sentence per field. */
export function parseBox(box: SentBox, sender: BoxSender): Result<NewComment & { wishes: Wishes }> {
  const comment = newCommentSchema.safeParse(box);
  const guest = sender.kind === 'guest' ? guestSchema.safeParse(box) : null;
  const own = sender.kind === 'person' ? ownNameSchema(sender, box).safeParse(box) : null;
  const issues = [...(comment.error?.issues ?? []), ...(guest?.error?.issues ?? []), ...(own?.error?.issues ?? [])];
  if (comment.success && (guest === null || guest.success) && (own === null || own.success)) {
    const { name = null, pseudonym = null } = own?.data ?? {};
    return ok({ ...comment.data, form: box.form, guest: guest?.data ?? null, ownName: name, pseudonym, wishes: wishesOf(box.notify) });
  }
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[String(issue.path[0])] ??= issue.message;
  return fail('invalid', Object.values(fields).join(' '), { fields });
}

const ownName = (what: LineName) => line(NAME_MAX_CHARACTERS, what).refine((value) => value !== '', { error: () => t('comments.fields.aName') });

/** The names that a signed-in person gives: their own where they have none (whether they need one, submitComment knows), the one for this post where they want one. */
function ownNameSchema({ isNamed }: { isNamed: boolean }, { name, asPseudonym }: { name: string; asPseudonym: boolean }) {
  const none = z.unknown().transform(() => null);
  return z.object({
    name: isNamed || asPseudonym || name.trim() === '' ? none : ownName('name'),
    pseudonym: asPseudonym ? ownName('thisName') : none,
  });
}

import type { RemovalOutcome } from '../db/generated/enums';
import { t } from '../words/t';
import { z } from '../zod';

export type { RemovalOutcome };

/** For so long the link in a mail opens what is kept of an address. */
export const DATA_LINK_HOURS = 24;
/** So many such mails go to one address in that time. */
export const DATA_LINKS_PER_EMAIL = 3;

export const PLACE_MAX_CHARACTERS = 1_000;
export const WORDS_MAX_CHARACTERS = 5_000;
export const ANSWER_MAX_CHARACTERS = 2_000;
export const REQUESTER_MAX_CHARACTERS = 245;
/** So long a request is kept after its answer. */
export const REMOVAL_KEPT_DAYS = 365;
/** When so few days are left the desk is told once more. */
export const REMIND_DAYS = 7;

export const OUTCOMES = ['removed', 'changed', 'kept'] as const satisfies readonly RemovalOutcome[];

/** How long what is kept, in whole days; 0: for good, where that may be. */
export type Retention = {
  /** From where on the network something came, as a mark. */
  networkDays: number;
  spamDays: number;
  trashDays: number;
  mailDays: number;
  /** Within so many days whoever asks for something to be taken down has an answer. */
  removalDays: number;
};

/** The columns' defaults. */
export const RETENTION_DEFAULTS: Retention = { networkDays: 30, spamDays: 30, trashDays: 30, mailDays: 90, removalDays: 30 };

export const RETENTION_FIELDS = ['networkDays', 'spamDays', 'trashDays', 'mailDays', 'removalDays'] as const satisfies readonly (keyof Retention)[];
/** From and to how many days each may be. A month is what the law of the European Union gives to answer (GDPR, article 12). */
export const RETENTION_RANGES: Record<keyof Retention, { min: number; max: number }> = {
  networkDays: { min: 1, max: 180 },
  spamDays: { min: 0, max: 3_650 },
  trashDays: { min: 0, max: 3_650 },
  mailDays: { min: 0, max: 3_650 },
  removalDays: { min: 1, max: 30 },
};

const days = (name: keyof Retention) => {
  const { min, max } = RETENTION_RANGES[name];
  const wanted = { error: () => t('privacy.settings.daysWanted', { min: String(min), max: String(max) }) };
  return z.string(wanted).trim().regex(/^\d{1,5}$/, wanted).transform(Number).pipe(z.number().min(min, wanted).max(max, wanted));
};

/** The days as they are typed. */
export const retentionSchema = z.object({ networkDays: days('networkDays'), spamDays: days('spamDays'), trashDays: days('trashDays'), mailDays: days('mailDays'), removalDays: days('removalDays') });

/** What becomes of the comments under an address whose owner has everything deleted. */
export type CommentsChoice = 'anonymise' | 'remove';

/** What the blog has of an address, as its owner is shown it. */
export type OwnDataView = {
  /** Of the path of the page. */
  token: string;
  address: string;
  comments: number;
  /** Whether mails go there that were asked for. */
  isSubscribed: boolean;
  /** Whether somebody signs in with it: they have more, in their account. */
  hasAccount: boolean;
  until: Date;
};

/** A request as it is typed. */
export type EnteredRemoval = { place: string; words: string; name: string; email: string };
export const NO_REMOVAL: EnteredRemoval = { place: '', words: '', name: '', email: '' };

/** A form of these pages between two requests. */
export type PrivacyState<T> = { message: string | null; fields: Record<string, string>; entered: T };

/** A request as whoever made it sees it. */
export type RemovalPage = {
  token: string;
  place: string;
  words: string;
  createdAt: Date;
  dueAt: Date;
  /** Where the answer goes; null where they gave no address. */
  email: string | null;
  isProven: boolean;
  /** Whoever is here came by the mail, and may say that the address is theirs. */
  isByMail: boolean;
  outcome: RemovalOutcome | null;
  answer: string;
  answeredAt: Date | null;
};

/** A request as the desk sees it. */
export type RemovalCard = {
  id: string;
  /** As they gave it, or null. */
  name: string | null;
  /** For owners alone. */
  email: string | null;
  /** Whether an answer goes anywhere by mail. */
  isProven: boolean;
  place: string;
  /** The place as a path of this blog, where it is one. */
  path: string | null;
  words: string;
  createdAt: Date;
  dueAt: Date;
  /** Whole days until then; below 0 it is late. */
  daysLeft: number;
  outcome: RemovalOutcome | null;
  answer: string;
  answeredAt: Date | null;
  answeredBy: string | null;
};

/** The form of an answer between two requests. */
export type AnswerState = { message: string | null; outcome: string; answer: string };
export const NOTHING_ANSWERED: AnswerState = { message: null, outcome: 'removed', answer: '' };

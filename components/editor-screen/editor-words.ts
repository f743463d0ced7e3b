import type { PostAct, Saved } from '@/lib/posts/post-form';
import { writtenTime } from '@/lib/site/rules';
import type { SiteLocale } from '@/lib/site/schema';

/** Who can read a post that is out, in the order in which it is offered. */
export const AUDIENCES = ['published', 'unlisted', 'password', 'private'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const AUDIENCE_NAMES: Record<Audience, string> = { published: 'Everybody', unlisted: 'Whoever has the address', password: 'Whoever has the password', private: 'You and the owner of the blog' };

export const AUDIENCE_HINTS: Record<Audience, string> = {
  published: 'It stands on the front page, in the feeds and in the search.',
  unlisted: 'It stands in no list, no feed and no search. Whoever is given its address can read it.',
  password: 'Its title is shown at its address; the text after the password.',
  private: 'Nobody else can see it, nor that it is there.',
};

/** What is chosen for a post besides its text: who reads it, and when it comes out. */
export type Choice = { audience: Audience; password: string; /** A wall clock of the blog's zone, or empty. */ at: string };

type Stands = Pick<Saved, 'state' | 'wallClock' | 'password'>;

/** The choice that shows how a post stands. Of a draft that had a password: that it comes out with it again. */
export function choiceOf({ state, wallClock, password }: Stands): Choice {
  const ofDraft = password === '' ? 'published' : 'password';
  return { audience: state === 'draft' ? ofDraft : state === 'scheduled' ? 'published' : state, password, at: state === 'scheduled' ? wallClock : '' };
}

/** The act that makes a post what is chosen. */
export const publishAct = ({ audience, password }: Choice): PostAct => (audience === 'password' ? { to: 'password', password } : { to: audience });

/** The act of `Update`: to what is chosen, where that is another than the present state; else it only shows what is saved. */
export function updateAct(choice: Choice, saved: Stands): PostAct {
  if (saved.state === 'scheduled' && choice.audience !== 'published') return publishAct(choice);
  if (saved.state === 'scheduled') return choice.at !== '' && choice.at !== saved.wallClock ? { to: 'scheduled', at: choice.at } : { to: 'update' };
  const isSame = choice.audience === saved.state && (choice.audience !== 'password' || choice.password === saved.password);
  return isSame ? { to: 'update' } : publishAct(choice);
}

/** What a field lacks. */
export type Missing = { field: 'audience' | 'password' | 'at'; message: string };

/** Why an act cannot be asked for yet, or null. */
export function missingFor(to: 'publish' | 'schedule' | 'update', { audience, password, at }: Choice): Missing | null {
  if (to === 'schedule' && audience !== 'published') return { field: 'audience', message: 'Only what everybody may read can wait for its hour. Choose “Everybody”, or publish it now.' };
  if (to === 'schedule' && at === '') return { field: 'at', message: 'Please choose the day and the hour at which it comes out.' };
  if (to !== 'schedule' && audience === 'password' && password.trim() === '') return { field: 'password', message: 'Please write the password that readers need.' };
  return null;
}

const WHAT_PUBLISH_DOES: Record<Audience, (where: string) => string> = {
  published: (where) => `“Publish” shows it to everybody at once${where}.`,
  unlisted: (where) => `“Publish” makes it readable at once for whoever has its address${where}.`,
  password: (where) => `“Publish” makes it readable at once for whoever has the password${where}.`,
  private: () => '“Publish” files it among your private posts. No reader sees it.',
};

const UPDATED: Record<Audience, string> = {
  published: '“Update” shows your changes to everybody at once.', unlisted: '“Update” shows your changes at once to whoever has the address.',
  password: '“Update” shows your changes at once to whoever has the password.', private: '“Update” takes over your changes. No reader sees them.',
};

const CHANGED: Record<Audience, string> = {
  published: '“Update” shows it to everybody from now on.', unlisted: '“Update” takes it out of every list, feed and search. Its address stays.',
  password: '“Update” asks readers for the password from now on.', private: '“Update” takes it from readers: only you and the owner see it then.',
};

/** What the main button will do, in one sentence. */
export function whatHappens(choice: Choice, saved: Stands, path: string | null): string {
  const where = path === null ? '' : `, at ${path}`;
  if (saved.state === 'draft') return WHAT_PUBLISH_DOES[choice.audience](where);
  if (saved.state === 'scheduled' && choice.audience !== 'published') return '“Update” does not wait for the hour: it is done at once.';
  if (saved.state === 'scheduled') return choice.at === saved.wallClock ? '“Update” keeps the hour; “Publish” does not wait for it.' : '“Update” moves it to the new hour; “Publish” does not wait for it.';
  return (updateAct(choice, saved).to === 'update' ? UPDATED : CHANGED)[choice.audience];
}

const DONE: Record<PostAct['to'], string> = {
  draft: 'It is a draft again. Readers do not see it any more.', published: 'It is published.', scheduled: 'It is scheduled.', unlisted: 'Whoever has its address can read it now.',
  private: 'It is private now.', password: 'Whoever has the password can read it now.', update: 'It is updated.',
};

/** What an act has come to. */
export const whatHappened = ({ to }: PostAct, { state, at }: Pick<Saved, 'state' | 'at'>, site: SiteLocale): string =>
  state === 'scheduled' && at !== null ? `It comes out on ${writtenTime(new Date(at), site)}.` : DONE[to];

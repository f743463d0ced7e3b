import type { PostAct, Saved } from '@/lib/posts/post-form';
import { writtenTime } from '@/lib/site/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

/** Who can read a post that is out, in the order in which it is offered. */
export const AUDIENCES = ['published', 'unlisted', 'password', 'private'] as const;
export type Audience = (typeof AUDIENCES)[number];

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
  if (to === 'schedule' && audience !== 'published') return { field: 'audience', message: t('editor.missing.everybody') };
  if (to === 'schedule' && at === '') return { field: 'at', message: t('editor.missing.time') };
  if (to !== 'schedule' && audience === 'password' && password.trim() === '') return { field: 'password', message: t('editor.missing.password') };
  return null;
}

/** What the main button will do, in one sentence. */
export function whatHappens(choice: Choice, saved: Stands, path: string | null): string {
  const { audience } = choice;
  if (saved.state === 'draft') return audience === 'private' || path === null ? t(`editor.publishing.${audience}`) : t(`editor.publishingAt.${audience}`, { path });
  if (saved.state === 'scheduled' && audience !== 'published') return t('editor.waiting.atOnce');
  if (saved.state === 'scheduled') return choice.at === saved.wallClock ? t('editor.waiting.sameHour') : t('editor.waiting.newHour');
  return updateAct(choice, saved).to === 'update' ? t(`editor.updating.${audience}`) : t(`editor.changing.${audience}`);
}

/** What an act has come to. */
export const whatHappened = ({ to }: PostAct, { state, at }: Pick<Saved, 'state' | 'at'>, site: SiteLocale): string =>
  state === 'scheduled' && at !== null ? t('editor.done.scheduledFor', { when: writtenTime(new Date(at), site) }) : t(`editor.done.${to}`);

import type { MailState } from '../notifications/schema';
import { pathWith } from '../query';

/** A page that a blog should have: whether readers find one of the owner's own, and the one that is there, whatever its state. */
export type StepPage = { isDone: boolean; id: string | null };

/** The first steps of a new blog, each with what the database says of it. */
export type FirstStepsView = {
  /** `author`: as readers see the owner. */
  name: { isDone: boolean; title: string; author: string };
  import: { isDone: boolean };
  sample: { isDone: boolean; count: number; kept: { id: string; title: string }[] };
  pages: { isDone: boolean; about: StepPage; privacy: StepPage };
  /** `hasServer`: mail leaves this machine. `state`: of the last test mail; null: there is none. */
  mail: { isDone: boolean; address: string; hasServer: boolean; state: MailState | null; failure: string | null };
  moderator: { isDone: boolean };
  download: { isDone: boolean };
};

/** How many there are, and how many are done. */
export function progressOf(steps: FirstStepsView): { done: number; of: number } {
  const all = Object.values(steps);
  return { done: all.filter(({ isDone }) => isDone).length, of: all.length };
}

/** Where a page is begun that the blog knows by its address, whatever it will be called. */
export const newPagePath = (title: string, slug: string): string => pathWith('/admin/posts/new', { kind: 'page', title, slug });

/** A button of the steps between two requests: what came of it, or why nothing did. */
export type StepState = { done: string | null; message: string | null };
export const NOTHING_STEPPED: StepState = { done: null, message: null };

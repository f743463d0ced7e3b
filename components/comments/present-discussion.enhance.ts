import { box, leaveAnswer } from './box-place.enhance';
import { placeTools } from './moderation.enhance';
import { fetchDocument, isHere, placeWaiting, replyAddress } from './own-comments.enhance';

export type Redo = (scope: ParentNode) => void;

const PUBLISHED = 'article[id^="comment-"]';

/** The comments of a discussion that every reader sees, in the order in which they are read. */
const publishedIn = (discussion: ParentNode): HTMLElement[] => [...discussion.querySelectorAll<HTMLElement>(PUBLISHED)].filter((one) => !one.closest('[data-waiting]'));

/**
 * Puts the discussion as it is now in place of the one that is shown, marks what is new and puts the focus on the first of it.
 * What is typed, the comment it answers, what is folded, one's own waiting comments and the place where one reads stay.
 * Nothing is changed where the new ones stand on another page of it (`elsewhere`), or the page could not be had (`not`).
 */
export async function bringIn(whole: HTMLElement, { redo, mark }: { redo: Redo; mark: string }): Promise<'in' | 'elsewhere' | 'not'> {
  const [arrived, own] = await Promise.all([fetchDocument(location.pathname), isHere() ? fetchDocument(replyAddress(whole.dataset.post ?? '')) : null]);
  const old = whole.querySelector<HTMLElement>('.discussion');
  const fresh = arrived?.status === 200 ? arrived.page.querySelector<HTMLElement>('[data-discussion] .discussion') : null;
  if (!old || !fresh) return 'not';
  const next = document.importNode(fresh, true);
  const known = new Set(publishedIn(old).map(({ id }) => id));
  const added = publishedIn(next).filter(({ id }) => !known.has(id));
  if (added.length === 0) return 'elsewhere';
  foldAsBefore(old, next);
  const holder = document.createDocumentFragment();
  holder.append(next);
  redo(holder);
  const goBack = placeIn(old);
  replace(whole, old, next);
  const isOwnKnown = own?.status === 200;
  placeWaiting(whole, isOwnKnown ? own.page : old, false);
  if (isOwnKnown) placeTools(whole, own.page);
  for (const article of added) markNew(article, mark);
  goBack();
  goTo(added[0]!);
  return 'in';
}

/** With the box where it stands: below the comment that it answers, or in its own place where that is gone. */
function replace(whole: HTMLElement, old: HTMLElement, next: HTMLElement): void {
  const sheet = box(old);
  const parent = sheet?.querySelector<HTMLInputElement>('input[name="parent"]')?.value;
  const answered = parent ? next.querySelector<HTMLElement>(`article[id="comment-${parent}"]`) : null;
  if (!answered) leaveAnswer(whole);
  old.replaceWith(next);
  if (answered && sheet) answered.after(sheet);
}

function foldAsBefore(old: HTMLElement, next: HTMLElement): void {
  for (const thread of old.querySelectorAll('details.thread:not([open])')) {
    const beginning = thread.closest('li')?.querySelector(':scope > [id^="comment-"]:not(.old-anchor)');
    const same = beginning && next.querySelector(`[id="${beginning.id}"]`)?.closest('li')?.querySelector<HTMLDetailsElement>(':scope > details.thread');
    if (same) same.open = false;
  }
}

/** Remembers what the reader sees of a discussion. Gives what brings it back to the same height of the window. */
function placeIn(old: HTMLElement): () => void {
  const seen = publishedIn(old).find((one) => one.getBoundingClientRect().bottom > 0);
  const top = seen?.getBoundingClientRect().top ?? Infinity;
  return () => {
    const again = seen && top < innerHeight ? document.getElementById(seen.id) : null;
    if (again) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: 'instant' });
  };
}

function markNew(article: HTMLElement, word: string): void {
  const mark = document.createElement('span');
  mark.className = 'new-mark';
  mark.textContent = word;
  article.classList.add('comment--new');
  article.querySelector('.comment-name')?.after(' ', mark);
}

function goTo(article: HTMLElement): void {
  article.closest('details.thread')?.setAttribute('open', '');
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: 'nearest' });
}

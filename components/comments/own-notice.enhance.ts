/** What a page says in its box to the person who is signed in: a word to read first, or that they cannot write. */
export const noticeIn = (page: ParentNode): HTMLElement | null => page.querySelector<HTMLElement>('[data-comment-box]:has([data-box-notice])');

/** Puts the box that says it in place of the one without; nothing typed is lost by it. */
export function showNotice(old: HTMLElement | null, said: HTMLElement): void {
  if (!old || old.querySelector('[data-box-notice]')) return;
  const fresh = document.importNode(said, true);
  const typed = old.querySelector('textarea')?.value ?? '';
  const text = fresh.querySelector('textarea');
  // Where there is no place for it, it is given back once it is sent.
  if (typed !== '' && !text) return;
  if (text && typed !== '') text.value = typed;
  old.replaceWith(fresh);
}

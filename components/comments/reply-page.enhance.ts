import { forgetText, keepText } from './kept-text.enhance';

/** Keeps what is typed on the page of the box, and forgets it once that page shows it as sent; after a sign-in the text goes on at its end. */
export function replyPage(root: HTMLElement): void {
  const slug = root.dataset.post ?? '';
  if (location.hash.startsWith('#comment-')) forgetText(slug);
  keepText(root, slug, root.dataset.reword);
  const text = root.querySelector<HTMLTextAreaElement>('textarea[autofocus]');
  text?.setSelectionRange(text.value.length, text.value.length);
}

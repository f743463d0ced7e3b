/** The comment box of a discussion, wherever it stands. */
export const box = (scope: ParentNode): HTMLElement | null => scope.querySelector<HTMLElement>('[data-comment-box]');

/** What the box says for its script, in the blog's language. */
export const saidBy = (whole: HTMLElement, name: 'heading' | 'notSent' | 'kept'): string => box(whole)?.dataset[name] ?? '';

/** The box goes below the comment it answers, with everything typed in it. */
export function answer(whole: HTMLElement, link: HTMLAnchorElement): void {
  const sheet = box(whole);
  const item = link.closest('article');
  if (!sheet || !item) return;
  item.after(sheet);
  head(sheet, item.id.replace('comment-', ''), link.textContent);
  sheet.querySelector('textarea')?.focus();
}

/** The box goes back to its own place; nothing where it is there. */
export function leaveAnswer(whole: HTMLElement): void {
  const sheet = box(whole);
  if (!sheet || sheet.parentElement === whole) return;
  const from = sheet.closest('li')?.querySelector<HTMLElement>('a[data-reply]');
  whole.append(sheet);
  head(sheet, '', saidBy(whole, 'heading'));
  from?.focus();
}

function head(sheet: HTMLElement, parent: string, words: string): void {
  const title = sheet.querySelector('h2');
  const field = sheet.querySelector<HTMLInputElement>('input[name="parent"]');
  const cancel = sheet.querySelector<HTMLElement>('.cancel-reply');
  if (title) title.textContent = words;
  if (field) field.value = parent;
  if (cancel) cancel.hidden = parent === '';
}

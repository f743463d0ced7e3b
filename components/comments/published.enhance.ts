/** Says beside a comment that it is published, and puts the focus on it. */
export function announcePublished(whole: HTMLElement, id: string): void {
  const article = document.getElementById(`comment-${id}`);
  const status = document.createElement('p');
  status.className = 'form-status';
  status.setAttribute('role', 'status');
  (article ?? whole).before(status);
  requestAnimationFrame(() => (status.textContent = whole.dataset.published ?? ''));
  article?.focus();
}

/** After a published comment led here by itself: says so once, and leaves the address clean. Answers whether one did. */
export function sayPublished(whole: HTMLElement): boolean {
  const id = new URLSearchParams(location.search).get('published');
  if (!id) return false;
  history.replaceState(null, '', location.pathname + location.hash);
  if (document.getElementById(`comment-${id}`)) announcePublished(whole, id);
  return true;
}

/** Says beside a comment that it is published, with the way to its writer's own page, and puts the focus on it. */
export function announcePublished(whole: HTMLElement, id: string): void {
  const article = document.getElementById(`comment-${id}`);
  const status = document.createElement('p');
  status.className = 'form-status';
  status.setAttribute('role', 'status');
  const link = document.createElement('a');
  link.href = `/comments/${id}/receipt`;
  link.textContent = whole.dataset.receipt ?? '';
  const own = document.createElement('p');
  own.className = 'receipt-link';
  own.append(link);
  (article ?? whole).before(status, own);
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

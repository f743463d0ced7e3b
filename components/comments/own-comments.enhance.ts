/** The one place that knows where a post's box and one's own comments come from: a document, never kept. */
export const replyAddress = (slug: string): string => `/posts/${encodeURIComponent(slug)}/reply`;

/** Whether this browser has something of its own to ask for: a session, or a first comment. Nothing is asked without it. */
export const isHere = (): boolean => /(?:^|;\s*)here=/.test(document.cookie);

/** Fetches a page and reads it as a document; null when it is not a page of ours or did not arrive. */
export async function fetchDocument(address: string, init?: RequestInit): Promise<{ page: Document; status: number; url: URL } | null> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', ...init });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return { page, status: answer.status, url: new URL(answer.url) };
  } catch {
    return null;
  }
}

/**
 * Puts one's waiting comments where they will stand: under the comment they answer, or at the end of the threads.
 * Those of an earlier view are replaced; one that readers see by now stands there already. The sentence is set last, so that
 * screen readers say it; not again, where it has been said.
 */
export function placeWaiting(whole: HTMLElement, page: ParentNode, isNews = true): HTMLElement[] {
  whole.querySelectorAll('[data-waiting]').forEach((item) => item.remove());
  whole.querySelectorAll('[data-waiting-made]').forEach((list) => list.childElementCount === 0 && list.remove());
  const waiting = [...page.querySelectorAll<HTMLElement>('[data-waiting]')].filter(({ dataset }) => !whole.querySelector(`article[id="comment-${dataset.waiting}"]`));
  const items = waiting.map((item) => document.importNode(item, true));
  for (const item of items) {
    const parent = item.dataset.waitingParent && document.getElementById(`comment-${item.dataset.waitingParent}`)?.closest('li');
    const list = parent ? listIn(parent, 'replies') : listIn(whole.querySelector<HTMLElement>('.discussion'), 'thread-list');
    list?.append(item);
    if (isNews) announceLate(item.querySelector('[role="status"]'));
  }
  return items;
}

function listIn(place: HTMLElement | null | undefined, className: string): HTMLElement | null {
  if (!place) return null;
  const known = place.querySelector<HTMLElement>(`:scope > ol.${className}, :scope > details > ol.${className}`);
  known?.closest('details')?.setAttribute('open', '');
  if (known) return known;
  const list = document.createElement('ol');
  list.className = className;
  list.dataset.waitingMade = '';
  if (className === 'replies') place.append(list);
  else (place.querySelector('.discussion-empty, h2') ?? place).after(list);
  return list;
}

/** Says what a region that is new to the page has to say: screen readers hear only what changes in it. */
export function announceLate(status: Element | null): void {
  if (!status) return;
  const words = [...status.childNodes];
  status.replaceChildren();
  requestAnimationFrame(() => status.append(...words));
}

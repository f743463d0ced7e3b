const ONE = 'article[id^="comment-"]';

/**
 * Walks through the comments of a discussion by single keys, while the focus is in it and not where somebody writes
 * (WCAG 2.1.4): `j` and `k` to the next and the one before, `u` to the one that is answered, `r` replies, `f` folds the thread.
 */
export function walk(discussion: HTMLElement): void {
  discussion.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || target.closest('[data-comment-box], input, textarea, select')) return;
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act(discussion, target.closest<HTMLElement>(ONE) ?? target.closest('li')?.querySelector<HTMLElement>(`:scope > ${ONE}`) ?? null);
  });
  discussion.querySelector('[data-walk-keys]')?.removeAttribute('hidden');
  openThreadOfAnchor();
  addEventListener('hashchange', openThreadOfAnchor);
}

type Act = (discussion: HTMLElement, here: HTMLElement | null) => void;

const ACTS: Record<string, Act> = {
  j: (discussion, here) => step(discussion, here, 1),
  k: (discussion, here) => step(discussion, here, -1),
  u: (_, here) => goTo(here?.closest('ol.replies')?.closest('li')?.querySelector<HTMLElement>(`:scope > ${ONE}`)),
  r: (_, here) => here?.querySelector<HTMLElement>('a[data-reply]')?.click(),
  f: (_, here) => fold(here),
};

const isFolded = (element: Element): boolean => element.closest('details.thread:not([open])') !== null;

function step(discussion: HTMLElement, here: HTMLElement | null, by: 1 | -1): void {
  const shown = [...discussion.querySelectorAll<HTMLElement>(ONE)].filter((one) => !isFolded(one));
  goTo(here ? shown[shown.indexOf(here) + by] : shown[0]);
}

function goTo(comment: HTMLElement | null | undefined): void {
  comment?.focus({ preventScroll: true });
  comment?.scrollIntoView({ block: 'start' });
}

function fold(here: HTMLElement | null): void {
  const beginning = here?.closest('.thread-list > li');
  const thread = beginning?.querySelector<HTMLDetailsElement>(':scope > details.thread');
  if (!thread) return;
  thread.open = !thread.open;
  // What has the focus is not to vanish with it.
  if (!thread.open) goTo(beginning?.querySelector<HTMLElement>(`:scope > ${ONE}`) ?? thread.querySelector<HTMLElement>('summary'));
}

/** A link to a comment finds it in a thread that is folded away, too. */
function openThreadOfAnchor(): void {
  const comment = location.hash.startsWith('#comment-') ? document.getElementById(location.hash.slice(1)) : null;
  const thread = comment?.closest<HTMLDetailsElement>('details.thread:not([open])');
  if (!thread) return;
  thread.open = true;
  comment?.scrollIntoView();
}

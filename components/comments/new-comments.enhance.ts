import { countNew, isNews, newsPath, pauseMs, waitMs, type PostNews } from '@/lib/comments/news';
import { bringIn, type Redo } from './present-discussion.enhance';

const ASK_PATIENCE_MS = 20_000;
/** The post is not there any more, or not for everybody: nobody needs to ask again. */
const GONE = [404, 410];

type Watch = {
  root: HTMLElement;
  redo: Redo;
  /** By the clock of the page. */
  dueAt: number;
  failures: number;
  timer?: number;
  ending: AbortController;
};

const wholeOf = (root: HTMLElement): HTMLElement => root.closest<HTMLElement>('[data-discussion]')!;

/**
 * Asks about once a minute, while the page is looked at, whether the discussion has new comments, says so in the place that is kept
 * for it, and brings them in when that is wanted. `redo` enhances what is new in the page. It ends with its root.
 */
export function newComments(root: HTMLElement, redo: Redo): void {
  const watch: Watch = { root, redo, failures: 0, dueAt: performance.now() + pauseMs(0, Math.random()), ending: new AbortController() };
  const { signal } = watch.ending;
  document.addEventListener('visibilitychange', () => arrange(watch), { signal });
  addEventListener('online', () => hurry(watch), { signal });
  arrange(watch);
}

/** Sets when to ask next; a page that nobody sees asks nothing. */
function arrange(watch: Watch): void {
  clearTimeout(watch.timer);
  if (document.visibilityState === 'hidden' || watch.ending.signal.aborted) return;
  watch.timer = window.setTimeout(() => void ask(watch), waitMs(watch.dueAt - performance.now(), Math.random()));
}

/** The network is back: how often it failed says nothing any more. */
function hurry(watch: Watch): void {
  if (watch.failures === 0) return;
  watch.dueAt = 0;
  arrange(watch);
}

async function ask(watch: Watch): Promise<void> {
  const { root, ending } = watch;
  if (!root.isConnected) return ending.abort();
  watch.dueAt = performance.now() + pauseMs(watch.failures, Math.random());
  const told = await fetchNews(wholeOf(root).dataset.post ?? '');
  if (told === 'gone' || !root.isConnected) return ending.abort();
  watch.failures = told ? 0 : watch.failures + 1;
  watch.dueAt = performance.now() + pauseMs(watch.failures, Math.random());
  if (told) tell(watch, told);
  arrange(watch);
}

/** The browser keeps the last answer and asks whether it is still right: nearly always a 304. Null when none came. */
async function fetchNews(slug: string): Promise<PostNews | 'gone' | null> {
  try {
    const answer = await fetch(newsPath(slug), { credentials: 'same-origin', signal: AbortSignal.timeout(ASK_PATIENCE_MS) });
    if (GONE.includes(answer.status)) return 'gone';
    const news: unknown = answer.ok ? await answer.json() : null;
    return isNews(news) ? news : null;
  } catch {
    return null;
  }
}

function tell(watch: Watch, news: PostNews): void {
  const { root } = watch;
  const isKnown = (id: string) => id === root.dataset.newest || wholeOf(root).querySelector(`article[id="comment-${id}"]`) !== null;
  const count = countNew(Number(root.dataset.comments), news, isKnown);
  const said = root.querySelector<HTMLElement>('[role="status"]');
  root.dataset.latest = news.newest ?? '';
  if (count === 0) takeBack(root, said);
  else if (said) write(said, ...wordsOf(root, count));
  else say(watch, count);
}

type Words = [sentence: string, act: string];

const wordsOf = ({ dataset: { one = '', more = '', show = '' } }: HTMLElement, count: number): Words => [count === 1 ? one : more.replace('{count}', String(count)), show];

function say(watch: Watch, count: number): void {
  const { root } = watch;
  const said = document.createElement('p');
  const button = document.createElement('button');
  said.className = 'news';
  said.setAttribute('role', 'status');
  button.type = 'button';
  button.addEventListener('click', () => void show(watch, said, button));
  root.append(said);
  // Screen readers hear only what changes in a region that is there.
  requestAnimationFrame(() => {
    said.append('', button, '');
    write(said, ...wordsOf(root, count));
  });
}

/** The button stays, for somebody may be on it; what is the same is not said again. */
function write(said: HTMLElement, sentence: string, act: string): void {
  const button = said.querySelector('button');
  const [before = '', after = ''] = sentence.split('{show}');
  if (!button || said.firstChild?.textContent === before) return;
  said.firstChild?.replaceWith(before);
  said.lastChild?.replaceWith(after);
  button.textContent = act;
}

function takeBack(root: HTMLElement, said: HTMLElement | null): void {
  if (said?.contains(document.activeElement)) wholeOf(root).querySelector<HTMLElement>('h2')?.focus();
  said?.remove();
}

/** Brings them in; where they are on another page of the discussion, leads to the newest. */
async function show({ root, redo }: Watch, said: HTMLElement, button: HTMLElement): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  const { mark = '', failed = '', again = '', latest } = root.dataset;
  const came = await bringIn(wholeOf(root), { redo, mark });
  button.removeAttribute('aria-disabled');
  if (came === 'elsewhere') location.assign(latest ? `/comments/${latest}` : location.pathname);
  if (came === 'not') write(said, failed, again);
}

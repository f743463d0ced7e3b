import { announceLate, fetchDocument, replyAddress } from './own-comments.enhance';
import { isSending, showSending } from './sending.enhance';

/**
 * Gives every published comment of the page its tools, for whoever moderates the post: then the reply page has a pattern of
 * them, and for nobody else. Those of an earlier view are replaced.
 */
export function placeTools(whole: HTMLElement, page: Document): void {
  whole.querySelectorAll('[data-desk-placed]').forEach((placed) => placed.remove());
  const note = page.querySelector('[data-desk-waiting]');
  if (note) whole.querySelector('h2')?.after(placed(document.importNode(note, true)));
  const pattern = page.querySelector<HTMLElement>('[data-moderate=""]');
  if (!pattern) return;
  for (const article of whole.querySelectorAll<HTMLElement>('.discussion article[id^="comment-"]')) {
    if (!article.closest('[data-waiting]')) article.append(toolsOf(whole, article, pattern));
  }
}

function placed<E extends Element>(element: E): E {
  element.setAttribute('data-desk-placed', '');
  return element;
}

function toolsOf(whole: HTMLElement, article: HTMLElement, pattern: HTMLElement): HTMLElement {
  const { moderateOf = '', moderateName = '', failed = '' } = pattern.dataset;
  const name = moderateOf.replace('{name}', () => article.querySelector('.comment-name')?.textContent ?? '');
  const id = article.id.replace('comment-', '');
  const details = placed(document.createElement('details'));
  const summary = document.createElement('summary');
  const tools = document.importNode(pattern, true);
  details.className = 'moderate';
  summary.textContent = moderateName;
  summary.setAttribute('aria-label', name);
  tools.dataset.moderate = id;
  tools.setAttribute('aria-label', name);
  fill(tools, 'comment', id);
  fill(tools, 'revision', article.dataset.revision ?? '1');
  for (const link of tools.querySelectorAll('a')) link.href += id;
  details.append(summary, tools);
  let from = replyAddress(whole.dataset.post ?? '');
  details.addEventListener('submit', (event) => {
    event.preventDefault();
    // The discussion sends what else is a form in it: the comment box.
    event.stopPropagation();
    void send(event.target as HTMLFormElement, event.submitter, { article, from, failed }).then((address) => (from = address ?? from));
  });
  return details;
}

function fill(tools: HTMLElement, name: string, value: string): void {
  const field = tools.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (field) field.value = value;
}

/** Sends an act to the page that its form is from, and puts what comes back in its place. Value: the page that this is from. */
async function send(form: HTMLFormElement, button: HTMLElement | null, { article, from, failed }: { article: HTMLElement; from: string; failed: string }): Promise<string | null> {
  const tools = form.closest<HTMLElement>('[data-moderate]');
  if (!tools || isSending(form)) return null;
  const body = new FormData(form, button);
  const end = showSending(form, button);
  const arrived = await fetchDocument(from, { method: 'POST', body });
  end();
  const next = arrived?.page.querySelector<HTMLElement>(`[data-moderate="${tools.dataset.moderate}"]`);
  if (!arrived || !next) {
    say(tools, failed);
    return null;
  }
  const fresh = document.importNode(next, true);
  tools.replaceWith(fresh);
  article.classList.toggle('comment--moved', fresh.dataset.status !== 'approved');
  announceLate(fresh.querySelector('[role="alert"]') ?? fresh.querySelector('[role="status"]'));
  (fresh.querySelector<HTMLElement>('button[name="undo"]') ?? fresh.querySelector('button') ?? fresh.parentElement?.querySelector('summary'))?.focus();
  return arrived.url.pathname;
}

function say(tools: HTMLElement, words: string): void {
  const said = tools.querySelector('[role="alert"]') ?? document.createElement('p');
  said.setAttribute('role', 'alert');
  tools.prepend(said);
  said.textContent = words;
}

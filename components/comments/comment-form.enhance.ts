import { signInBeside } from '../identity/signing-in.enhance';
import { answer, box, leaveAnswer, saidBy } from './box-place.enhance';
import { forgetText, keepNow, keepText } from './kept-text.enhance';
import { placeTools } from './moderation.enhance';
import { fetchDocument, isHere, placeWaiting, replyAddress } from './own-comments.enhance';
import { noticeIn, showNotice } from './own-notice.enhance';
import { announcePublished, sayPublished } from './published.enhance';
import { isSending, showSending } from './sending.enhance';

type Redo = (scope: ParentNode) => void;

/** After this long a sentence offers to try again; the server knows a comment it has already. */
const SEND_PATIENCE_MS = 60_000;
/** The field that says for how long the page was open (BOX_FIELDS of lib/comments/box.ts). */
const SECONDS_FIELD = 'seconds';

const slugOf = (whole: HTMLElement) => whole.dataset.post ?? '';
const control = (form: HTMLFormElement, name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null;

/**
 * Makes a post's discussion smoother: sends the box without leaving the page, moves it below the comment it answers,
 * shows one's own waiting comments and name. Everything it does works without it, by the same form and the same pages.
 * `redo` enhances what is new in the page.
 */
export function discussion(whole: HTMLElement, redo: Redo): void {
  whole.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter;
    // Goes to a provider, which no fetch can: the browser itself sends it.
    if (button instanceof HTMLButtonElement && button.dataset.provider) return signInBeside(form, button, { refresh: () => showOwn(whole, true), say: (sentence) => alertIn(form, sentence) });
    event.preventDefault();
    void send(whole, form, button, redo);
  });
  whole.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-reply], a[data-cancel-reply]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !whole.querySelector('[data-comment-box] form')) return;
    event.preventDefault();
    if (link.dataset.reply === undefined) leaveAnswer(whole);
    else answer(whole, link);
  });
  whole.addEventListener('keydown', ({ key, isComposing, target }) => {
    if (key === 'Escape' && !isComposing && box(whole)?.contains(target as Node)) leaveAnswer(whole);
  });
  if (!isHere()) leadOldAnchor();
  if (sayPublished(whole)) forgetText(slugOf(whole));
  keepText(whole, slugOf(whole));
  prefill(whole);
  if (isHere()) void showOwn(whole);
}

async function send(whole: HTMLElement, form: HTMLFormElement, submitter: HTMLElement | null, redo: Redo): Promise<void> {
  if (isSending(form)) return;
  const body = new FormData(form, submitter);
  body.set(SECONDS_FIELD, String(Math.floor(performance.now() / 1000)));
  const end = showSending(form, submitter ?? form.querySelector<HTMLElement>('.box-end .button'));
  const arrived = await fetchDocument(location.pathname + location.search, { method: 'POST', body, signal: AbortSignal.timeout(SEND_PATIENCE_MS) });
  end();
  const returned = arrived && box(arrived.page);
  if (!arrived || !returned) return alertIn(form, `${refusalOf(arrived?.page) ?? saidBy(whole, 'notSent')} ${saidBy(whole, 'kept')}`);
  const isOwnPage = arrived.url.pathname === replyAddress(slugOf(whole));
  const publishedId = arrived.url.searchParams.get('published');
  if (isOwnPage) showHeld(whole, arrived.page);
  else if (publishedId) showPublished(whole, arrived, publishedId, redo);
  else showReturned(whole, returned, submitter);
}

/** The sentence of a page that refused before the blog was asked: too large, out of date, away. */
const refusalOf = (page?: Document): string | null => page?.querySelector('h1 + p')?.textContent ?? null;

/** The box again, with what was typed: focus goes to the sentence of a refusal, to what is asked next, or back to the text. */
function showReturned(whole: HTMLElement, returned: HTMLElement, pressed: HTMLElement | null): void {
  const old = box(whole);
  if (!old) return;
  const fresh = document.importNode(returned, true);
  old.replaceWith(fresh);
  const asked = pressed?.getAttribute('value') === 'change' ? '[data-identity] button' : '#box-code';
  (fresh.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"], [data-word-before]') ?? fresh.querySelector<HTMLElement>(asked) ?? fresh.querySelector('textarea'))?.focus();
  if (fresh.querySelector('[data-taken-out]')) keepNow(fresh, slugOf(whole));
  // After a log-out nothing of that person stays on the page.
  if (!isHere()) placeWaiting(whole, document.implementation.createHTMLDocument());
}

function showHeld(whole: HTMLElement, page: Document): void {
  const items = placeWaiting(whole, page);
  forgetText(slugOf(whole));
  emptyBox(whole);
  items.at(-1)?.querySelector<HTMLElement>('article')?.focus();
}

function showPublished(whole: HTMLElement, arrived: { page: Document; url: URL }, id: string, redo: Redo): void {
  const fresh = arrived.page.querySelector<HTMLElement>('[data-discussion]');
  forgetText(slugOf(whole));
  if (!fresh) return leave(`/comments/${id}`);
  const isSamePage = arrived.url.pathname === location.pathname;
  if (!isSamePage) return leave(`${arrived.url.pathname}?published=${id}#comment-${id}`);
  const next = document.importNode(fresh, true);
  const holder = document.createDocumentFragment();
  holder.append(next);
  redo(holder);
  whole.replaceWith(holder);
  announcePublished(next, id);
}

function leave(address: string): void {
  location.href = address;
}

function emptyBox(whole: HTMLElement): void {
  leaveAnswer(whole);
  const form = whole.querySelector<HTMLFormElement>('[data-comment-box] form');
  if (!form) return;
  const text = control(form, 'comment');
  if (text) text.value = '';
  form.querySelectorAll('.field-error, .form-alert, .box-word, input[name="told"]').forEach((said) => said.remove());
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
}

function alertIn(form: HTMLFormElement, words: string): void {
  const said = form.querySelector<HTMLElement>('.form-alert') ?? document.createElement('p');
  said.className = 'form-alert';
  said.tabIndex = -1;
  said.setAttribute('role', 'alert');
  form.prepend(said);
  said.textContent = words;
  said.focus();
}

/** One's waiting comments, and for a person who they are, in the box. What is typed meanwhile stays. Answers whether somebody is signed in. */
async function showOwn(whole: HTMLElement, isAwaited = false): Promise<boolean> {
  const own = await fetchDocument(replyAddress(slugOf(whole)));
  if (own?.status !== 200) return false;
  placeWaiting(whole, own.page);
  placeTools(whole, own.page);
  const said = noticeIn(own.page);
  const isSignedIn = said !== null || own.page.querySelector('[data-identity="person"]') !== null;
  if (said) showNotice(box(whole), said);
  else if (isSignedIn && whole.querySelector('[data-comment-box] [data-identity="guest"]')) {
    for (const part of ['.identity', '.box-note']) {
      const mine = own.page.querySelector(`[data-comment-box] ${part}`);
      if (mine) whole.querySelector(`[data-comment-box] ${part}`)?.replaceWith(document.importNode(mine, true));
    }
    whole.querySelectorAll('.form-alert').forEach((said) => said.remove());
    if (isAwaited) writeOn(whole.querySelector<HTMLTextAreaElement>('[data-comment-box] textarea'));
  }
  leadOldAnchor();
  return isSignedIn;
}

/** Back to the text, at its end. */
function writeOn(text: HTMLTextAreaElement | null): void {
  text?.focus();
  text?.setSelectionRange(text.value.length, text.value.length);
}

/** What this browser saved of a guest, where nothing is typed yet. */
function prefill(whole: HTMLElement): void {
  const form = whole.querySelector<HTMLFormElement>('[data-comment-box] form');
  const saved = /(?:^|;\s*)writer=([^;]*)/.exec(document.cookie)?.[1];
  if (!form || !saved) return;
  try {
    const writer = JSON.parse(decodeURIComponent(saved)) as Record<string, unknown>;
    for (const name of ['name', 'email', 'website']) {
      const field = control(form, name);
      if (field && field.value === '' && typeof writer[name] === 'string') field.value = writer[name];
    }
    const save = form.elements.namedItem('save');
    if (save instanceof HTMLInputElement) save.checked = true;
  } catch {
    // A cookie that is not ours to read: the fields stay empty.
  }
}

/** An anchor that is not on this page may be a comment of another page, or an old blog's number: its permalink knows. */
function leadOldAnchor(): void {
  const id = /^#comment-([0-9a-z]{1,15})$/.exec(location.hash)?.[1];
  if (id && !document.getElementById(`comment-${id}`)) location.replace(`/comments/${id}`);
}

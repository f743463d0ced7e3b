const SAID_AFTER_MS = 300;

/** Whether this form is on its way already; a second press then does nothing. */
export const isSending = (form: HTMLFormElement): boolean => form.getAttribute('aria-busy') === 'true';

/** Shows that a form is on its way: its button at once, a sentence when it takes long. Gives what ends it. */
export function showSending(form: HTMLFormElement, button: HTMLElement | null): () => void {
  const said = document.createElement('p');
  said.className = 'box-sending';
  said.setAttribute('role', 'status');
  form.setAttribute('aria-busy', 'true');
  button?.setAttribute('aria-disabled', 'true');
  const timer = setTimeout(() => {
    (button ?? form).after(said);
    requestAnimationFrame(() => (said.textContent = document.body.dataset.sending ?? ''));
  }, SAID_AFTER_MS);
  return () => {
    clearTimeout(timer);
    said.remove();
    form.removeAttribute('aria-busy');
    button?.removeAttribute('aria-disabled');
  };
}

// For this tab alone, until it is closed: a reload, a crash, a way back from a provider lose nothing.
const keyOf = (slug: string): string => `comment:${slug}`;

/** Keeps what is typed into a post's box, and puts back what was, where the box is empty. Without storage it is not kept. */
export function keepText(whole: HTMLElement, slug: string): void {
  const text = whole.querySelector<HTMLTextAreaElement>('textarea[name="comment"]');
  const kept = stored(() => sessionStorage.getItem(keyOf(slug)));
  if (text && text.value === '' && kept) text.value = kept;
  whole.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.name === 'comment') stored(() => sessionStorage.setItem(keyOf(slug), target.value));
  });
}

/** Forgets it: it has been posted. */
export const forgetText = (slug: string): void => void stored(() => sessionStorage.removeItem(keyOf(slug)));

function stored<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

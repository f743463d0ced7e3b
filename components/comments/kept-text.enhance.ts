// For this tab alone, until it is closed: a reload, a crash, a way back from a provider lose nothing.
const keyOf = (slug: string, reword?: string): string => `comment:${slug}${reword ? `/${reword}` : ''}`;

/**
 * Keeps what is typed into a post's box, and puts back what was, where the box is empty. `reword`: the box began with a
 * declined comment, and what was made of it is put back in its place. Without storage it is not kept.
 */
export function keepText(whole: HTMLElement, slug: string, reword?: string): void {
  const text = whole.querySelector<HTMLTextAreaElement>('textarea[name="comment"]');
  if (whole.querySelector('[data-taken-out]')) keepNow(whole, slug, reword);
  const kept = stored(() => sessionStorage.getItem(keyOf(slug, reword)));
  if (text && (text.value === '' || reword) && kept) text.value = kept;
  whole.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.name === 'comment') stored(() => sessionStorage.setItem(keyOf(slug, reword), target.value));
  });
}

/** Keeps the text as the blog gave it back: what its writer had taken out must not return. */
export function keepNow(whole: ParentNode, slug: string, reword?: string): void {
  const text = whole.querySelector<HTMLTextAreaElement>('textarea[name="comment"]');
  if (text) stored(() => sessionStorage.setItem(keyOf(slug, reword), text.value));
}

/** Forgets it: it has been posted. */
export function forgetText(slug: string): void {
  const isOfPost = (key: string) => key === keyOf(slug) || key.startsWith(`${keyOf(slug)}/`);
  stored(() => Object.keys(sessionStorage).filter(isOfPost).forEach((key) => sessionStorage.removeItem(key)));
}

function stored<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Shows the ways of sharing that the browser itself has: copying the address, and what its system offers. */
export function share(root: HTMLElement): void {
  const { share: address = '', title = '', copied = '', notCopied = '' } = root.dataset;
  const status = root.querySelector('[role="status"]');
  offer(root.querySelector('[data-share-copy]'), async () => {
    const isCopied = await navigator.clipboard.writeText(address).then(() => true, () => false);
    if (status) status.textContent = isCopied ? copied : notCopied;
  });
  if ('share' in navigator) {
    // Whoever closes the system's sheet has changed their mind: nothing is to be said.
    offer(root.querySelector('[data-share-by]'), () => navigator.share({ title, url: address }).catch(() => undefined));
  }
}

function offer(item: HTMLElement | null, act: () => Promise<void>): void {
  item?.removeAttribute('hidden');
  item?.querySelector('button')?.addEventListener('click', () => void act());
}

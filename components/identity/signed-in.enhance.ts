import { openSignInChannel, type SignInNews } from './sign-in-channel';

/** Tells the page with the box that its window is done, and closes the window, where the browser lets it. */
export function signedIn(root: HTMLElement): void {
  const { popup, sentence = null } = root.dataset;
  if (popup === undefined) return;
  openSignInChannel().postMessage({ popup, isSignedIn: root.dataset.signedIn !== undefined, sentence } satisfies SignInNews);
  window.close();
}

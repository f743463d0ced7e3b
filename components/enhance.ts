import { discussion } from './comments/comment-form.enhance';
import { newComments } from './comments/new-comments.enhance';
import { walk } from './comments/walk.enhance';
import { replyPage } from './comments/reply-page.enhance';
import { signedIn } from './identity/signed-in.enhance';
import { themeSwitch } from './layout/theme-switch.enhance';
import { clickToLoad } from './posts/click-to-load.enhance';
import { share } from './posts/share.enhance';
import { tellRead } from './posts/tell-read.enhance';
import { scrollable } from './ui/scrollable.enhance';

/** What script adds to a readers' page: where, and by which function of that element. */
const enhancements: [selector: string, enhance: (root: HTMLElement) => void][] = [
  ['body', tellRead],
  ['[data-enhance="theme-switch"]', themeSwitch],
  ['[data-share]', share],
  ['a[data-load="video"]', clickToLoad],
  ['.prose :is(pre, table)', scrollable],
  ['[data-enhance="reply-page"]', replyPage],
  ['[data-enhance="signed-in"]', signedIn],
  ['.discussion', walk],
  ['[data-news]', (root) => newComments(root, enhanceWithin)],
  ['[data-discussion]', (root) => discussion(root, enhanceWithin)],
];

/** Adds to everything inside `scope`, which must be new to the page: the document once, then each region put in later. */
export function enhanceWithin(scope: ParentNode): void {
  for (const [selector, enhance] of enhancements) {
    scope.querySelectorAll<HTMLElement>(selector).forEach(enhance);
  }
}

enhanceWithin(document);

import type { SafeHtml } from '@/lib/text/safe-html';
import { t } from '@/lib/words/t';
import { Prose } from '@/components/ui/prose';

/** A text that is longer than its place is scrolled by the keyboard too. */
function watchLength(element: HTMLElement | null) {
  if (!element || typeof ResizeObserver === 'undefined') return;
  const observer = new ResizeObserver(() => {
    if (element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** What somebody wrote. */
export function CardText({ html, name }: { html: SafeHtml; name: string }) {
  return (
    <div ref={watchLength} className="card-scroll" role="group" aria-label={t('moderation.card.wordsOf', { name })}>
      <Prose className="card-text" html={html} />
    </div>
  );
}

import type { SafeHtml } from '@/lib/text/safe-html';
import { t } from '@/lib/words/t';
import { Prose } from '@/components/ui/prose';

/** What whoever writes agrees to, there to be read before they do: it works without script. */
export function Conduct({ html }: { html: SafeHtml }) {
  return (
    <details className="conduct">
      <summary>{t('site.conduct.agree')}</summary>
      <Prose html={html} />
    </details>
  );
}

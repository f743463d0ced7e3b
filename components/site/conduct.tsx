import type { SafeHtml } from '@/lib/text/safe-html';
import { Prose } from '@/components/ui/prose';

/** What whoever writes agrees to, there to be read before they do: it works without script. */
export function Conduct({ html }: { html: SafeHtml }) {
  return (
    <details className="conduct">
      <summary>By posting you agree to the code of conduct</summary>
      <Prose html={html} />
    </details>
  );
}

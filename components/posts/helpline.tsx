import type { SafeHtml } from '@/lib/text/safe-html';
import { Prose } from '@/components/ui/prose';

/** What a post's author has written for readers who need somebody to talk to; nothing where they have not. */
export function Helpline({ html }: { html: SafeHtml | null }) {
  return html && <div className="helpline" role="note"><Prose html={html} /></div>;
}

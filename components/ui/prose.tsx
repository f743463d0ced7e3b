import type { SafeHtml } from '@/lib/text/safe-html';

/** Shows text that lib/text made safe. The only place where stored HTML reaches a page. */
export function Prose({ html, className = '' }: { html: SafeHtml; className?: string }) {
  return <div dir="auto" className={`prose ${className}`.trim()} dangerouslySetInnerHTML={{ __html: html }} />;
}

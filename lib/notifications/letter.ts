export function letter({ paragraphs, action, code, footer }: { siteTitle: string; paragraphs: string[]; action?: { label: string; href: string }; code?: string; footer?: string }): { text: string; html: string } {
  return { text: [...paragraphs, action?.href, code, footer].filter(Boolean).join('\n\n'), html: '' };
}

import { PROVIDER_BUTTONS, type Provider } from '../../lib/identity/schema';
import type { ProviderPerson } from './provider-script';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><link rel="icon" href="data:,"></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;

/** Where a person says yes, as whom, or no. */
export function consentPage(way: Provider, people: ProviderPerson[], asked: URLSearchParams): string {
  const link = (words: string, more: Record<string, string>) => `<p><a href="/continue?${escaped(new URLSearchParams([...asked, ...Object.entries(more)]).toString())}">${escaped(words)}</a></p>`;
  return page(`Sign in with ${PROVIDER_BUTTONS[way]}`, [...people.map(({ sub, name }) => link(`Continue as ${name}`, { sub })), link('Cancel', {})].join(''));
}

/** What a provider shows when it does not trust the address it should send people back to. */
export const refusalPage = (way: Provider, error: string): string => page(`${PROVIDER_BUTTONS[way]}: ${error}`, '<p>This application is not set up as it asks.</p>');

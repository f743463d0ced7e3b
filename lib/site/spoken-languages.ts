import { catalogueFor, CATALOGUES } from '../words/languages';
import { spokenLanguage } from '../words/t';

/** The languages that the blog itself speaks, as the present one calls them: `English or Spanish`. For the server alone: it holds all the words. */
export function spokenLanguages(): string {
  const language = catalogueFor(spokenLanguage());
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(Object.keys(CATALOGUES).map((tag) => names.of(tag) ?? tag));
}

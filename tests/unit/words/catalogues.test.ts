import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { expect, test } from 'vitest';
import { directionOf } from '@/lib/words/direction';
import { CATALOGUES, catalogueFor, speak } from '@/lib/words/languages';
import { spokenLanguage, t } from '@/lib/words/t';

type Tree = { readonly [name: string]: string | Tree };

const messagesOf = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([name, one]) => (typeof one === 'string' ? [[path + name, one] as [string, string]] : messagesOf(one, `${path}${name}.`)));

/** What a message asks for: its values and links by name, and the forms of its plurals. */
function asksFor(elements: MessageFormatElement[]): { names: Set<string>; plurals: string[][] } {
  const found = { names: new Set<string>(), plurals: [] as string[][] };
  const visit = (element: MessageFormatElement): void => {
    if ('value' in element && element.type !== TYPE.literal) found.names.add(`${element.type === TYPE.tag ? '<>' : ''}${String(element.value)}`);
    if (element.type === TYPE.tag) element.children.forEach(visit);
    if (element.type === TYPE.plural) found.plurals.push(Object.keys(element.options));
    if (element.type === TYPE.plural || element.type === TYPE.select) for (const option of Object.values(element.options)) option.value.forEach(visit);
  };
  elements.forEach(visit);
  return found;
}

const english = new Map(messagesOf(CATALOGUES.en));

test.each(Object.entries(CATALOGUES))('%s has every message, whole, and asks for what the place gives', (language, words) => {
  const messages = messagesOf(words);
  expect(messages.map(([name]) => name)).toEqual([...english.keys()]);
  const faults = messages.flatMap(([name, message]) => {
    if (!message.trim() || message !== message.trim()) return [`${name}: empty, or with space around it`];
    const [asks, asked] = [asksFor(parse(message)), asksFor(parse(english.get(name)!))];
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    return [
      ...([...asks.names].sort().join() === [...asked.names].sort().join() ? [] : [`${name}: asks for ${[...asks.names].join()}, and English for ${[...asked.names].join()}`]),
      ...asks.plurals.filter((forms) => wanted.some((form) => !['many', 'zero', 'two', 'few'].includes(form) && !forms.includes(form) && !forms.includes('=1'))).map(() => `${name}: a plural lacks a form`),
    ];
  });
  expect(faults).toEqual([]);
});

test('another language than English is another: few messages are the same words', () => {
  const same = messagesOf(CATALOGUES.es).filter(([name, message]) => message.length > 25 && message === english.get(name));
  expect(same).toEqual([]);
});

test('a tag of a region is spoken by its language, one that the blog does not speak in English', () => {
  expect(['es', 'es-MX', 'ES', 'de', 'x', ''].map(catalogueFor)).toEqual(['es', 'es', 'es', 'en', 'en', 'en']);
  expect(['en', 'ar', 'he', 'fa', 'ur-PK', 'es', 'not a tag'].map(directionOf)).toEqual(['ltr', 'rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
});

test('a blog in a language that is not spoken is told in English, by the rules of English', () => {
  speak('ru');
  expect([spokenLanguage(), t('comments.discussion.heading', { count: 21, title: 'Tea' })]).toEqual(['en', '21 thoughts on “Tea”']);
  speak('en');
});

test('what is said follows what is spoken', () => {
  expect(t('ui.skipToContent')).toBe('Skip to content');
  speak('es-MX');
  expect(t('ui.skipToContent')).toBe('Saltar al contenido');
  speak('en');
});

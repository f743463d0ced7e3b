import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { AboutNote } from '@/components/site/about-note';
import { Conduct } from '@/components/site/conduct';
import { FirstSteps } from '@/components/site/first-steps';
import { LookSection } from '@/components/site/settings-look-form';
import { MenuSection } from '@/components/site/settings-menu-form';
import { ReadingSection } from '@/components/site/settings-reading-form';
import { NameSection } from '@/components/site/settings-texts-form';
import { SiteFooter } from '@/components/layout/site-footer';
import { NOTHING_SAVED, type SectionState, type SettingsView } from '@/lib/site/settings-form';
import { PALETTES } from '@/lib/site/palettes';
import { spokenLanguages } from '@/lib/site/spoken-languages';
import type { FirstStepsView } from '@/lib/site/step-views';
import { ownerHtml } from '@/lib/text/owner-text';

const settings: SettingsView = {
  title: 'Small Hours', tagline: '', about: '', conduct: '', picture: null, icon: null, palette: 'clay', menu: null, social: [], postsPerPage: 10, timeZone: 'UTC', language: 'en', reportsToHold: 3, acceptsMentions: true, quotesComments: true, stepsHidden: false,
  seen: { name: 's1', about: 's2', look: 's3', menu: 's4', reading: 's5', elsewhere: 's6', conduct: 's7' },
};
const PAGES = [{ id: '01900000-0000-7000-8000-000000000001', title: 'About' }, { id: '01900000-0000-7000-8000-000000000002', title: 'Press' }];

const answering = (state: Partial<SectionState>) => vi.fn(async (_: SectionState, _form: FormData): Promise<SectionState> => ({ ...NOTHING_SAVED, ...state }));
const sent = (action: ReturnType<typeof answering>) => [...(action.mock.calls[0]?.[1] ?? [])];

test('a refused section keeps what was typed, ties the sentence to its field, and leads there', async () => {
  const action = answering({ fields: { title: 'Please give your blog a name.' }, entered: { title: '', tagline: 'Typed' } });
  render(<NameSection settings={settings} action={action} />);
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const title = await screen.findByRole('textbox', { name: 'Title (required)', description: 'Please give your blog a name.' });
  expect(title.getAttribute('aria-invalid')).toBe('true');
  await vi.waitFor(() => expect(document.activeElement).toBe(title));
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Tagline (optional)' }).value).toBe('Typed');
  expect(sent(action)).toEqual(expect.arrayContaining([['section', 'name'], ['seen', 's1'], ['title', 'Small Hours']]));
});

test('after a conflict the next save is sent as having seen the other', async () => {
  const action = answering({ message: 'Somebody else has changed this meanwhile.', seen: 'theirs', entered: { title: 'Mine', tagline: '' } });
  render(<NameSection settings={settings} action={action} />);
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Somebody else has changed this meanwhile.');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(action).toHaveBeenCalledTimes(2));
  expect(action.mock.calls[1]?.[1].get('seen')).toBe('theirs');
  expect(action.mock.calls[1]?.[1].get('title')).toBe('Mine');
});

test('every palette can be chosen by its name, and shows itself', async () => {
  const action = answering({ done: 'Saved.' });
  const { container } = render(<LookSection settings={settings} action={action} />);
  expect(screen.getAllByRole('radio')).toHaveLength(PALETTES.length);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Clay/ }).checked).toBe(true);
  expect(new Set([...container.querySelectorAll('[data-palette]')].map((swatch) => swatch.getAttribute('data-palette')))).toEqual(new Set(PALETTES));
  fireEvent.click(screen.getByRole('radio', { name: /Harbour/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByText('Saved.')).getAttribute('role')).toBe('status');
  expect(sent(action)).toContainEqual(['palette', 'harbour']);
});

test('links are added, moved and taken away by buttons, each with the focus where it is needed', async () => {
  const action = answering({ done: 'Saved.' });
  render(<MenuSection settings={settings} pages={PAGES} action={action} />);
  fireEvent.click(screen.getByRole('radio', { name: 'Links that you choose' }));
  for (const count of [1, 2, 3]) {
    fireEvent.click(screen.getByRole('button', { name: 'Add a link' }));
    expect(document.activeElement).toBe(within(screen.getByRole('group', { name: `Link ${count}` })).getByRole('combobox', { name: 'Leads to' }));
  }
  const row = (number: number) => within(screen.getByRole('group', { name: `Link ${number}` }));
  fireEvent.change(row(2).getByRole('combobox'), { target: { value: PAGES[1]!.id } });
  fireEvent.change(row(3).getByRole('combobox'), { target: { value: '' } });
  fireEvent.change(row(3).getByRole('textbox', { name: 'Address' }), { target: { value: '/archive/2026' } });
  fireEvent.change(row(3).getByRole('textbox', { name: 'Name' }), { target: { value: 'Archive' } });
  fireEvent.click(screen.getByRole('button', { name: 'Move link 3 up' }));
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move link 2 up');
  fireEvent.click(screen.getByRole('button', { name: 'Move link 2 up' }));
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move link 1 down');
  fireEvent.click(screen.getByRole('button', { name: 'Take link 2 away' }));
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Take link 2 away');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(action).toHaveBeenCalled());
  const form = action.mock.calls[0]![1];
  expect([form.getAll('page'), form.getAll('to'), form.getAll('label'), form.get('own')]).toEqual([['', PAGES[1]!.id], ['/archive/2026', ''], ['Archive', ''], 'own']);
});

test('eight links are all there can be', () => {
  const menu = Array.from({ length: 8 }, (_, at) => ({ label: `L${at}`, to: `/${at}` }));
  render(<MenuSection settings={{ ...settings, menu }} pages={PAGES} action={answering({})} />);
  expect(screen.queryByRole('button', { name: 'Add a link' })).toBeNull();
  expect(screen.getAllByRole('group', { name: /^Link/ })).toHaveLength(8);
});

test('the zone of the browser is offered where it is another', () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(['Pacific/Auckland', here])].map((value) => ({ value, label: value }));
  render(<ReadingSection settings={{ ...settings, timeZone: 'Pacific/Auckland' }} choices={{ zones, languages: [{ value: 'en', label: 'English' }], spoken: spokenLanguages() }} action={answering({})} />);
  const zone = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Time zone' });
  expect(zone.value).toBe('Pacific/Auckland');
  expect(screen.getByText(/The blog’s own words are in English or Spanish; with another language only dates follow it\.$/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: `Use ${here}, where this browser is` }));
  expect(zone.value).toBe(here);
  expect(screen.queryByRole('button', { name: /where this browser is/ })).toBeNull();
});

test('readers find who writes, where else, and what they agree to', () => {
  render(<><AboutNote about={{ html: ownerHtml('I *write*.'), picture: { path: '/pictures/x-256.webp', alt: 'Me' } }} /><SiteFooter title="T" social={['https://www.instagram.com/ines']} /><Conduct html={ownerHtml('Be kind.')} /></>);
  expect(screen.getByRole('complementary', { name: 'Who writes here' }).textContent).toContain('I write.');
  expect(screen.getByRole('img', { name: 'Me' })).toBeTruthy();
  const link = screen.getByRole('link', { name: 'Instagram' });
  expect([link.getAttribute('rel'), link.getAttribute('href')]).toEqual(['me noopener', 'https://www.instagram.com/ines']);
  expect(screen.getByText('By posting you agree to the code of conduct').tagName).toBe('SUMMARY');
});

const STEPS: FirstStepsView = {
  name: { isDone: true, title: 'Lamps', author: 'Marlene' }, import: { isDone: false }, sample: { isDone: false, count: 6, kept: [] },
  pages: { isDone: false, about: { isDone: true, id: 'a1' }, privacy: { isDone: false, id: null } },
  mail: { isDone: false, address: 'owner@example.com', hasServer: false, state: null, failure: null }, moderator: { isDone: true }, download: { isDone: false },
};
const nothing = async () => ({ done: null, message: null });
const actions = { removeSample: nothing, sendTestMail: nothing, hide: async () => undefined };

test('the first steps say which are done, and lead to each', () => {
  render(<FirstSteps steps={STEPS} actions={actions} />);
  expect(screen.getByText(/2 of 7 done/)).toBeTruthy();
  expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'Name your blog (done)', 'Bring your old blog (to do)', 'Remove the sample posts (to do)', 'Write About and Privacy (to do)', 'Send a test mail (to do)', 'Invite a moderator (done)', 'Download everything (to do)',
  ]);
  expect(screen.getByRole('link', { name: 'Upload an export' }).getAttribute('href')).toBe('/admin/moving');
  expect(screen.getByRole('link', { name: 'About: done' }).getAttribute('href')).toBe('/admin/posts/a1');
  expect(screen.getByRole('link', { name: 'Write Privacy' }).getAttribute('href')).toBe('/admin/posts/new?kind=page&title=Privacy&slug=privacy');
  expect(screen.getByRole('button', { name: 'Remove the sample posts' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Hide these steps' })).toBeTruthy();
  expect(screen.getByText('SMTP_URL')).toBeTruthy();
});

test('what stays of the sample is named, and its button is gone once nothing else is left', () => {
  render(<FirstSteps steps={{ ...STEPS, sample: { isDone: true, count: 0, kept: [{ id: 'x', title: 'A Tuesday' }] } }} actions={actions} />);
  expect(screen.queryByRole('button', { name: 'Remove the sample posts' })).toBeNull();
  expect(screen.getByText(/“A Tuesday” stays: a reader has written there/)).toBeTruthy();
});

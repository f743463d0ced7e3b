import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RulesActions } from '@/components/moderation/rules-form';
import { RulesScreen } from '@/components/moderation/rules-screen';
import { RULE_ANCHORS, RULE_SECTIONS } from '@/lib/moderation/rule-anchors';
import { LONG_LIST_LINES, NOTHING_SAVED, RULES_MAX_BYTES, TRIED_AT_ONCE_CHARACTERS, type RulesState, type Tried, type TryAnswer } from '@/lib/moderation/rules-form';
import type { ListView, RulesView } from '@/lib/moderation/rules-view';
import { HELD_RULES, SCREENING_DEFAULTS } from '@/lib/moderation/schema';

const counts = { pending: 1, approved: 2, spam: 0, trash: 0, all: 3 };
const listOf = (...lines: string[]): ListView => ({ lines, count: lines.length, hidden: 0 });
const rules = { ...SCREENING_DEFAULTS, closeAfterDays: 0 };
const view: RulesView = { version: 4, isOwner: true, rules, lists: { disallowedWords: listOf(), refused: listOf(), heldWords: listOf('poker'), trusted: listOf('school.example') } };
const present: Tried = { of: 200, fates: { held: 0, spam: 0, trash: 0, 'let-through': 0, waits: 0 }, listed: [], saved: { 'first-comment': 190, links: 10 }, edited: { 'first-comment': 190, links: 10 } };
const seven: Tried = {
  ...present, fates: { ...present.fates, held: 7 }, edited: { 'first-comment': 183, links: 10, 'held-word': 7 },
  listed: [{ id: 'abcdefgh0123', name: 'Ines', status: 'pending', createdAt: '2026-11-25T12:00:00.000Z', post: 'Slow mornings', beginning: 'A casino of all things', fate: 'held', reasons: [{ rule: 'held-word', word: 'casino' }] }],
};

type Given = { view?: Partial<RulesView>; save?: (form: FormData) => Partial<RulesState>; tryOut?: (form: FormData) => Promise<TryAnswer>; open?: RulesActions['open'] };

const screenOf = ({ view: given = {}, save = () => ({ done: 'Saved.' }), tryOut = async () => ({ ok: true, tried: seven }), open = async () => null }: Given = {}) => {
  const shown = { ...view, ...given };
  return (
    <RulesScreen
      view={shown} people={[{ id: 'held-id', name: 'Hanna Held', standing: 'held' }, { id: 'trusted-id', name: 'Tilda Trusted', standing: 'trusted' }]} present={shown.isOwner ? present : null} counts={counts}
      site={{ language: 'en', timeZone: 'UTC' }} person={{ userId: 'u', name: 'Olga', role: shown.isOwner ? 'owner' : 'moderator' }} actions={{ save: async (_, form) => ({ ...NOTHING_SAVED, ...save(form) }), tryOut, open }} signOut={async () => undefined}
    />
  );
};
const show = (given?: Given) => render(screenOf(given));

const part = (name: string) => within(screen.getByRole('region', { name }));
const words = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Held words, one a line' });
const said = () => screen.getAllByRole('status')[0]?.textContent;
const typeInto = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });
const fieldsOf = (form: FormData) => Object.fromEntries(form);

describe('what a change would have done', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

  test('is said a moment after the last key, with the comments and why, before anything is saved', async () => {
    const tryOut = vi.fn(async (_: FormData) => ({ ok: true as const, tried: seven }));
    show({ tryOut });
    expect(said()).toBe('');
    for (const typed of ['c', 'ca', 'casino']) {
      typeInto(words(), typed);
      await later(200);
    }
    expect(tryOut).not.toHaveBeenCalled();
    await later(100);
    expect(tryOut).toHaveBeenCalledOnce();
    expect(fieldsOf(tryOut.mock.calls[0]![0])).toEqual({ heldWords: 'casino' });
    expect(said()).toBe('Of your last 200 comments this would have held 7.');
    const listed = screen.getByRole('article', { name: 'Comment by Ines' });
    expect(listed.textContent).toContain('25 November 2026 at 12:00 on Slow mornings');
    expect(listed.textContent).toContain('Contains the word “casino”, which is held.');
    expect(within(listed).getByRole('link', { name: 'Ines' }).getAttribute('href')).toBe('/admin/comments?queue=all&comment=abcdefgh0123');
    expect(part('Held words').getByText(/Decides none of your last 200 comments/).textContent).toContain('7 with your changes');
    expect(part('Links').getByText('Decides 10 of your last 200 comments.')).toBeTruthy();
  });

  test('of answers that cross one another the last asked for counts', async () => {
    const waiting: ((answer: TryAnswer) => void)[] = [];
    show({ tryOut: () => new Promise((resolve) => waiting.push(resolve)) });
    for (const typed of ['ca', 'casino']) {
      typeInto(words(), typed);
      await later(300);
    }
    await act(async () => waiting[1]!({ ok: true, tried: seven }));
    await act(async () => waiting[0]!({ ok: false, message: 'Stale.' }));
    expect(said()).toBe('Of your last 200 comments this would have held 7.');
  });

  test('is taken back with the change, and asks nothing', async () => {
    const tryOut = vi.fn(async () => ({ ok: true as const, tried: seven }));
    show({ tryOut });
    typeInto(words(), 'casino');
    await later(300);
    typeInto(words(), 'poker');
    await later(300);
    expect([said(), tryOut.mock.calls.length]).toEqual(['', 1]);
    expect(screen.queryByRole('article')).toBeNull();
  });

  test('of a long list is asked for only when somebody presses the button', async () => {
    const tryOut = vi.fn(async () => ({ ok: true as const, tried: seven }));
    show({ tryOut });
    typeInto(words(), 'x'.repeat(TRIED_AT_ONCE_CHARACTERS + 1));
    await later(400);
    expect(said()).toContain('Press “Try it”');
    expect(tryOut).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Try it' }));
    await later(0);
    expect(said()).toBe('Of your last 200 comments this would have held 7.');
  });

  test('that cannot be found out says why, and the next one is tried again', async () => {
    const tryOut = vi.fn<(form: FormData) => Promise<TryAnswer>>().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce({ ok: false, message: '“x y” is no domain.' });
    show({ tryOut });
    typeInto(words(), 'one');
    await later(300);
    expect(said()).toContain('cannot be reached');
    typeInto(words(), 'two');
    await later(300);
    expect(said()).toBe('“x y” is no domain.');
  });
});

describe('saving', () => {
  test('sends what was changed and the version, and nothing else', async () => {
    const save = vi.fn((_: FormData) => ({ done: 'Saved.' }));
    show({ save });
    await userEvent.type(words(), '{enter}casino');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Hold every comment' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort to Spam' }), 'Never');
    await userEvent.clear(screen.getByRole('spinbutton', { name: 'Hold from so many links on' }));
    await userEvent.type(screen.getByRole('spinbutton', { name: 'Hold from so many links on' }), '3');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(fieldsOf(save.mock.calls[0]![0])).toEqual({ version: '4', heldWords: 'poker\ncasino', holdAll: 'on', spamAbove: '100', maxLinks: '3' });
  });

  test('a refusal says what is wrong beside the field, which has the focus, and nothing typed is lost', async () => {
    show({ save: () => ({ message: '“not one” is no domain.', fields: { refused: '“not one” is no domain.' } }) });
    const refused = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Refused writers, one a line' });
    await userEvent.type(refused, 'not one');
    await userEvent.type(words(), '{enter}casino');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(document.activeElement).toBe(refused));
    expect(refused.getAttribute('aria-describedby')).toContain('rule-refused-error');
    expect(screen.getByRole('alert').textContent).toBe('“not one” is no domain.');
    expect([refused.value, words().value]).toEqual(['not one', 'poker\ncasino']);
  });

  test('after a conflict what was typed is still there, and the next Save is on top of what the other one saved', async () => {
    const sent: unknown[] = [];
    show({ save: (form) => { sent.push(form.get('version')); return { message: 'Somebody else has changed the rules.', version: 9 }; } });
    await userEvent.type(words(), '{enter}casino');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('alert');
    expect(words().value).toBe('poker\ncasino');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent).toEqual(['4', '9']));
  });

  test.each([
    ['the blog cannot be reached', { save: () => { throw new Error('away'); } }, 'casino', 'cannot be reached'],
    ['the lists are more than can be sent', {}, 'x'.repeat(RULES_MAX_BYTES + 1), 'more than the blog takes at once'],
  ])('where %s it says so, and nothing typed is lost', async (_what, given, typed, sentence) => {
    show(given);
    typeInto(words(), typed);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain(sentence);
    expect(words().value).toBe(typed);
  });

  test('what is saved is no change any more', async () => {
    const { rerender } = show();
    await userEvent.type(words(), '{enter} casino');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const lists = { ...view.lists, heldWords: listOf('poker', 'casino') };
    rerender(screenOf({ view: { version: 5, lists } }));
    await waitFor(() => expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual(['', 'Saved.']));
    expect(words().value).toBe('poker\ncasino');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' }));
  });
});

describe('a long list', () => {
  const long: ListView = { lines: [], count: 60_000, hidden: 0 };

  test('says how long it is, and comes when it is opened', async () => {
    const open = vi.fn(async () => ['casino', 'poker']);
    const save = vi.fn((_: FormData) => ({ done: 'Saved.' }));
    show({ view: { lists: { ...view.lists, heldWords: long } }, open, save });
    expect(part('Held words').getByText('60,000')).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Held words, one a line' })).toBeNull();
    await userEvent.click(part('Held words').getByRole('button', { name: /Open the list/ }));
    await waitFor(() => expect(words().value).toBe('casino\npoker'));
    expect(open).toHaveBeenCalledWith('heldWords');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(fieldsOf(save.mock.calls[0]![0])).toEqual({ version: '4' });
  });

  test('that does not come can be asked for again', async () => {
    show({ view: { lists: { ...view.lists, heldWords: long } } });
    await userEvent.click(part('Held words').getByRole('button', { name: /Open the list/ }));
    expect((await part('Held words').findByRole('alert')).textContent).toContain('try again');
    expect(part('Held words').getByRole('button', { name: /Open the list/ }).hasAttribute('disabled')).toBe(false);
  });

  test('begins where a page would become heavy', () => expect(LONG_LIST_LINES).toBe(2_000));
});

describe.each([['an owner', true], ['whoever only reads', false]])('for %s', (_who, isOwner) => {
  test('every rule has a place that a link to it leads to, each once', () => {
    show({ view: { isOwner } });
    for (const id of [...RULE_SECTIONS, ...HELD_RULES.map((rule) => RULE_ANCHORS[rule])]) expect([id, document.querySelectorAll(`[id="${id}"]`).length]).toEqual([id, 1]);
    const all = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(all).toHaveLength(new Set(all).size);
  });

  test('the parts stand in the order in which they are asked, and those who are held or trusted by name are there', () => {
    show({ view: { isOwner } });
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Words that are not allowed', 'Refused writers', 'What looks like spam', 'Hold everything', 'Links', 'Held words', 'Trusted writers', 'What always happens', 'How fast one person writes', 'Care for new posts', 'Closing',
    ]);
    expect(part('Refused writers').getByRole('link', { name: 'Hanna Held' }).getAttribute('href')).toBe('/admin/people/held-id');
    expect(part('Trusted writers').getByRole('link', { name: 'Tilda Trusted' }).getAttribute('href')).toBe('/admin/people/trusted-id');
    expect(screen.getByText(/the first rule that speaks decides/)).toBeTruthy();
  });
});

test('whoever only reads finds values in words, no field, no button to save, and how many addresses they do not see', () => {
  const lists = { ...view.lists, trusted: { lines: ['school.example'], count: 4, hidden: 3 }, refused: { lines: [], count: 1, hidden: 1 } };
  show({ view: { isOwner: false, lists, rules: { ...rules, closeAfterDays: 30, maxLinks: 1 } } });
  expect(part('Trusted writers').getByText('and 3 addresses that only an owner sees')).toBeTruthy();
  expect(part('Refused writers').getByText('1 address that only an owner sees')).toBeTruthy();
  expect(part('Links').getByText('Held from 1 link on')).toBeTruthy();
  expect(part('Closing').getByText('After 30 days')).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  cleanup();
});

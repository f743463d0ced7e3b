import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { LeftDialog } from '@/components/account/left-dialog';
import { SignOutForm } from '@/components/account/sign-out-form';
import type { Left } from '@/components/editor-screen/bring-kept';

const LEFT: Left = {
  person: 'anna',
  copies: [{ post: 'p', kind: 'post', seen: '1.0', at: '2026-11-26T09:00:00.000Z', tab: 't', fields: { title: 'Rain', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false } }],
};

async function press(bringKept: () => Promise<Left | null>, { writer = 'anna' as string | null, load = async () => ({ bringKept, LeftDialog }) } = {}) {
  const [signOut, user] = [vi.fn(async () => undefined), userEvent.setup()];
  render(<SignOutForm signOut={signOut} writer={writer} load={load} />);
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  return { signOut, user };
}

test.each([['nothing is left', async () => null], ['the browser keeps nothing', async () => { throw new DOMException('private', 'InvalidStateError'); }]])('where %s, one is signed out without a question', async (_, bring) => {
  const { signOut } = await press(bring);
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
});

test('of who writes no posts nothing is looked for', async () => {
  const bring = vi.fn(async () => LEFT);
  const { signOut } = await press(bring, { writer: null });
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
  expect(bring).not.toHaveBeenCalled();
});

test('where it cannot be loaded nobody is signed out without being told, and the next press tries again', async () => {
  let isAway = true;
  const { signOut, user } = await press(async () => null, { load: async () => {
    if (isAway) throw new TypeError('Failed to fetch');
    return { bringKept: async () => null, LeftDialog };
  } });
  expect((await screen.findByRole('alert')).textContent).toMatch(/reload this page/);
  expect(signOut).not.toHaveBeenCalled();
  isAway = false;
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
});

test('while it is brought the button waits, and a second press does nothing', async () => {
  const bring = vi.fn();
  let end!: (left: Left | null) => void;
  const ending = new Promise<Left | null>((resolve) => { end = resolve; });
  const { signOut, user } = await press(() => { bring(); return ending; });
  const button = screen.getByRole('button', { name: 'Sign out' });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
  await user.click(button);
  end(null);
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
  expect(bring).toHaveBeenCalledTimes(1);
});

test('whoever has words that are nowhere else is asked first, and may stay; the next time they are asked again', async () => {
  const { signOut, user } = await press(async () => LEFT);
  await screen.findByRole('alertdialog', { name: 'Only this browser has some of your words' });
  expect(screen.getByRole('link', { name: 'Rain' }).getAttribute('href')).toBe('/admin/posts/p');
  await user.click(screen.getByRole('button', { name: 'Stay signed in' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(signOut).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await screen.findByRole('alertdialog');
});

test.each(['Keep here and sign out', 'Throw away and sign out'])('“%s” signs out', async (name) => {
  const { signOut, user } = await press(async () => LEFT);
  await user.click(await screen.findByRole('button', { name }));
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
});

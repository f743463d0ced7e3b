import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { SignOutForm } from '@/components/account/sign-out-form';
import type { Left } from '@/components/editor-screen/bring-kept';

const LEFT: Left = {
  person: 'anna',
  copies: [{ post: 'p', kind: 'post', seen: '1.0', at: '2026-11-26T09:00:00.000Z', tab: 't', fields: { title: 'Rain', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false } }],
};

async function press(bring: () => Promise<Left | null>) {
  const [signOut, user] = [vi.fn(async () => undefined), userEvent.setup()];
  render(<SignOutForm signOut={signOut} bring={bring} />);
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  return { signOut, user };
}

test.each([['nothing is left', async () => null], ['the browser keeps nothing', async () => { throw new DOMException('private', 'InvalidStateError'); }]])('where %s, one is signed out without a question', async (_, bring) => {
  const { signOut } = await press(bring);
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
});

test('whoever has words that are nowhere else is asked first, and may stay', async () => {
  const { signOut, user } = await press(async () => LEFT);
  await screen.findByRole('alertdialog', { name: 'Only this browser has some of your words' });
  expect(screen.getByRole('link', { name: 'Rain' }).getAttribute('href')).toBe('/admin/posts/p');
  await user.click(screen.getByRole('button', { name: 'Stay signed in' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(signOut).not.toHaveBeenCalled();
});

test.each(['Keep here and sign out', 'Throw away and sign out'])('“%s” signs out', async (name) => {
  const { signOut, user } = await press(async () => LEFT);
  await user.click(await screen.findByRole('button', { name }));
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
});

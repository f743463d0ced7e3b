import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Button } from '@/components/ui/button';

test('one that is busy does nothing, sends nothing, and keeps the focus', async () => {
  const [act, send] = [vi.fn(), vi.fn((event: Event) => event.preventDefault())];
  const shown = (busy: boolean) => <form onSubmit={(event) => send(event.nativeEvent)}><Button busy={busy} onClick={act}>Save</Button></form>;
  const { rerender } = render(shown(false));
  const button = screen.getByRole('button', { name: 'Save' });
  await userEvent.click(button);
  expect([act.mock.calls.length, send.mock.calls.length, button.getAttribute('aria-disabled')]).toEqual([1, 1, null]);
  rerender(shown(true));
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await userEvent.keyboard('{Enter}');
  await userEvent.click(button);
  expect([act.mock.calls.length, send.mock.calls.length]).toEqual([1, 1]);
});

import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { share } from '@/components/posts/share.enhance';

function begin(): HTMLElement {
  document.body.innerHTML = `<div data-share="https://blog.test/posts/a" data-title="A" data-copied="The link is copied." data-not-copied="The address: https://blog.test/posts/a">
    <ul><li data-share-copy hidden><button>Copy link</button></li><li data-share-by hidden><button>Other ways…</button></li></ul><p role="status"></p></div>`;
  const root = document.querySelector<HTMLElement>('[data-share]')!;
  share(root);
  return root;
}

afterEach(() => {
  Reflect.deleteProperty(navigator, 'share');
});

test('the address is copied, and that is said', async () => {
  const user = userEvent.setup();
  begin();
  await user.click(screen.getByRole('button', { name: 'Copy link' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('The link is copied.'));
  expect(await navigator.clipboard.readText()).toBe('https://blog.test/posts/a');
});

test('a browser that lets nobody copy shows the address', async () => {
  const user = userEvent.setup();
  begin();
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  await user.click(screen.getByRole('button', { name: 'Copy link' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('The address: https://blog.test/posts/a'));
});

test('what the system offers is offered where there is something, and closing it is no fault', async () => {
  const user = userEvent.setup();
  begin();
  expect(screen.queryByRole('button', { name: 'Other ways…' })).toBeNull();
  const asked = vi.fn().mockRejectedValue(new DOMException('closed', 'AbortError'));
  Object.assign(navigator, { share: asked });
  begin();
  await user.click(screen.getByRole('button', { name: 'Other ways…' }));
  expect(asked).toHaveBeenCalledWith({ title: 'A', url: 'https://blog.test/posts/a' });
});

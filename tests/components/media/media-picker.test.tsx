import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { MediaPicker } from '@/components/media/media-picker';
import { UploadRefused, type uploadMedia } from '@/components/media/upload-media';
import type { LibraryMedia, LibraryPage, MediaAsked, UploadedMedia } from '@/lib/media/schema';

const one = (id: string, more: Partial<LibraryMedia> = {}): LibraryMedia => ({ id, path: `/media/${id}.png`, width: 10, height: 10, kind: 'image', name: `${id}.png`, alt: '', thumb: `/media/${id}-320.webp`, bytes: 10, mimeType: 'image/png', createdAt: '2026-11-26T00:00:00.000Z', ...more });

function show({ pages = [[one('a'), one('b', { alt: 'A lantern' })]], upload = vi.fn<typeof uploadMedia>(), kinds = ['image'] as LibraryMedia['kind'][] } = {}) {
  const [onChoose, onClose] = [vi.fn(), vi.fn()];
  const list = vi.fn(async ({ page }: MediaAsked): Promise<LibraryPage> => ({ media: pages[page - 1] ?? [], page, hasMore: page < pages.length }));
  render(<MediaPicker open onClose={onClose} onChoose={onChoose} kinds={kinds} list={list} upload={upload} />);
  return { user: userEvent.setup(), onChoose, onClose, list };
}
const grid = () => screen.findByRole('list', { name: 'Library' });

test('a picture is chosen by its words, by keyboard too', async () => {
  const { user, onChoose } = show();
  expect(screen.getByRole('dialog', { name: 'Choose from the library' })).toBeTruthy();
  const buttons = within(await grid()).getAllByRole('button');
  expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(['Choose a.png', 'Choose A lantern']);
  buttons[1]?.focus();
  await user.keyboard('{Enter}');
  expect(onChoose).toHaveBeenCalledWith(expect.objectContaining({ id: 'b', path: '/media/b.png' }));
});

test('is searched, and shows more when asked; other kinds are not shown', async () => {
  const { user, list } = show({ pages: [[one('a'), one('film', { kind: 'video' })], [one('c')]] });
  expect(within(await grid()).getAllByRole('button')).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(screen.getAllByRole('button', { name: /^Choose / })).toHaveLength(2));
  await user.type(screen.getByRole('searchbox', { name: 'Search by name or description' }), ' lamp {Enter}');
  await waitFor(() => expect(list).toHaveBeenLastCalledWith({ page: 1, q: 'lamp', kind: 'image' }, expect.anything()));
});

test('what is uploaded there is chosen when it has come; one that fails can be tried again', async () => {
  const media: UploadedMedia = { id: 'n', path: '/media/n.png', width: 1, height: 1, kind: 'image', name: 'n.png', alt: '' };
  const upload = vi.fn<typeof uploadMedia>().mockRejectedValueOnce(new UploadRefused('The blog did not answer.', false)).mockResolvedValueOnce(media);
  const { user, onChoose } = show({ upload });
  await user.upload(screen.getByLabelText('Upload files', { selector: 'input' }), new File(['a'], 'n.png', { type: 'image/png' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The blog did not answer.');
  await user.click(screen.getByRole('button', { name: 'Try again: n.png' }));
  await waitFor(() => expect(onChoose).toHaveBeenCalledWith(media));
});

test('a film is no picture: it is said, and nothing chosen', async () => {
  const upload = vi.fn<typeof uploadMedia>().mockResolvedValueOnce({ id: 'n', path: '/media/n.mp4', width: null, height: null, kind: 'video', name: 'n.mp4', alt: '' });
  const { user, onChoose } = show({ upload });
  await user.upload(screen.getByLabelText('Upload files', { selector: 'input' }), new File(['a'], 'n.mp4', { type: 'image/png' }));
  expect((await screen.findByRole('alert')).textContent).toContain('no picture');
  expect(onChoose).not.toHaveBeenCalled();
});

test('a library that is empty, or does not answer, says so', async () => {
  show({ pages: [[]] });
  expect(await screen.findByText('Nothing is in the library yet.')).toBeTruthy();
});

test('Escape closes it', async () => {
  const { user, onClose } = show();
  await grid();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

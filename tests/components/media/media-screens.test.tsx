import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { MediaOneScreen } from '@/components/media/media-one-screen';
import { MediaScreen } from '@/components/media/media-screen';
import { MediaUploadForm } from '@/components/media/media-upload-form';
import type { uploadMedia } from '@/components/media/upload-media';
import type { MediaView } from '@/lib/media/library';
import { mediaAskedSchema, type LibraryMedia } from '@/lib/media/schema';

const counts = { pending: 0, approved: 0, spam: 0, trash: 0, all: 0 };
const site = { language: 'en', timeZone: 'Europe/Berlin' };
const desk = { counts, site, person: { userId: 'u', name: 'Ida', role: 'owner' as const }, signOut: async () => undefined };
const picture: LibraryMedia = { id: 'a', path: '/media/a.jpg', width: 1200, height: 800, kind: 'image', name: 'lantern.jpg', alt: 'A lantern', thumb: '/media/a-320.webp', bytes: 204_800, mimeType: 'image/jpeg', createdAt: '2026-11-26T10:00:00.000Z' };
const view: MediaView = { ...picture, by: 'Ida', uses: [], othersUses: 0, isSitePicture: false, isSiteIcon: false };

test('the library leads from small pictures to each file, and says which are not described', () => {
  render(<MediaScreen library={{ media: [picture, { ...picture, id: 'b', name: 'dark.jpg', alt: '' }, { ...picture, id: 'c', name: 'plan.pdf', kind: 'file', thumb: null, alt: '' }], page: 1, hasMore: true }} asked={mediaAskedSchema.parse({ q: 'l' })} isDeleted={false} {...desk} />);
  const lines = within(screen.getByRole('list', { name: 'Library' })).getAllByRole('link');
  expect(lines.map((line) => [line.getAttribute('href'), line.textContent])).toEqual([['/admin/media/a', 'lantern.jpg200 kB'], ['/admin/media/b', 'dark.jpgNot described'], ['/admin/media/c', 'plan.pdf200 kB']]);
  expect(screen.getByRole('link', { name: 'Older files' }).getAttribute('href')).toBe('/admin/media?q=l&page=2');
  expect(screen.getByRole('link', { name: 'Media', current: 'page' })).toBeTruthy();
});

test('an empty library says what will stand there', () => {
  render(<MediaScreen library={{ media: [], page: 1, hasMore: false }} asked={mediaAskedSchema.parse({})} isDeleted {...desk} />);
  expect(screen.getByText(/^Nothing yet\./)).toBeTruthy();
  expect(screen.getByText('The file is deleted.')).toBeTruthy();
});

test('several files are sent, each with its progress; what has come is shown', async () => {
  let finish: () => void = () => undefined;
  const upload = vi.fn<typeof uploadMedia>((file, how) => new Promise((resolve) => {
    how?.onProgress?.(0.42);
    if (file.name === 'slow.png') return;
    finish = () => resolve({ ...picture, name: file.name });
  }));
  render(<MediaUploadForm language="en" upload={upload} />);
  await userEvent.upload(screen.getByLabelText('Upload files', { selector: 'input' }), [new File(['a'], 'slow.png'), new File(['ab'], 'fast.png')]);
  expect(screen.getByRole('progressbar', { name: 'Upload of slow.png' })).toHaveProperty('value', 0.42);
  finish();
  await waitFor(() => expect(screen.getByText('fast.png is in the library.')).toBeTruthy());
  await userEvent.click(screen.getByRole('button', { name: 'Cancel: slow.png' }));
  expect(upload.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  expect(screen.queryByRole('list', { name: 'Uploads' })).toBeNull();
});

test('a file is described, and says where it is used and what its deletion does there', async () => {
  const describe = vi.fn(async (_: unknown, form: FormData) => ({ alt: String(form.get('alt')), done: 'Saved.', message: null }));
  const remove = vi.fn(async () => 'This file is not in the library any more.');
  const uses = [{ postId: 'p', title: 'Winter', how: 'text' as const }, { postId: 'p', title: 'Winter', how: 'cover' as const }];
  render(<MediaOneScreen media={{ ...view, uses, othersUses: 2, isSiteIcon: true }} describe={describe} remove={remove} {...desk} />);
  const user = userEvent.setup();
  await user.type(screen.getByRole('textbox', { name: 'Description' }), ' at night');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved.')).toBeTruthy();
  expect([describe.mock.calls[0]?.[1].get('alt'), describe.mock.calls[0]?.[1].get('id')]).toEqual(['A lantern at night', 'a']);
  const used = within(screen.getByRole('region', { name: 'Where it is used' })).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(used).toEqual(['Winter, in its text', 'Winter, as its cover', '2 posts of others', 'The icon of the blog']);
  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  const dialog = screen.getByRole('dialog', { name: 'Delete lantern.jpg?' });
  expect(dialog.textContent).toContain('It is used in 3 posts and the icon of the blog.');
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect((await within(dialog).findByRole('alert')).textContent).toContain('not in the library');
});

import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PostEditor, type PostEditorHandle } from '@/components/editor/post-editor';
import type { UploadedMedia } from '@/lib/media/schema';

const KEPT = `/media/${'cd'.repeat(32)}.jpg`;
const media = (more: Partial<UploadedMedia> = {}): UploadedMedia => ({ id: 'm', path: KEPT, width: 8, height: 6, kind: 'image', name: 'cat.jpg', alt: '', ...more });
const VIDEO = '<figure class="video"><a class="load-video" data-load="video" data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="nofollow noopener"><span>Play video on YouTube</span></a></figure>';
const TABLE = '<table><tbody><tr><td>cell</td></tr></tbody></table>';

// What jsdom does not draw has no place on a screen.
beforeEach(() => {
  const nowhere = () => ({ x: 0, y: 0, top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0, toJSON: () => ({}) });
  Range.prototype.getBoundingClientRect = nowhere;
  Range.prototype.getClientRects = () => Object.assign([], { item: () => null });
  Element.prototype.scrollIntoView = () => undefined;
  document.elementFromPoint = () => null;
});

const refuse = async (): Promise<never> => { throw new Error('The disk is full.'); };

async function open(html: string, more: Partial<Parameters<typeof PostEditor>[0]> = {}) {
  const ref = createRef<PostEditorHandle>();
  const onChange = vi.fn<(html: string) => void>();
  render(
    <PostEditor
      ref={ref} html={html} label="Post body" onChange={onChange} upload={async () => media()} pick={async () => null}
      embed={async () => VIDEO} clean={async (source) => source.replace(/<script.*?<\/script>/g, '')} {...more}
    />,
  );
  const box = await screen.findByRole('textbox', { name: 'Post body' });
  return { box, onChange, get: () => ref.current!.getHtml(), handle: ref, user: userEvent.setup() };
}

function paste(box: HTMLElement, data: Record<string, string>, files: File[] = []): void {
  const clipboardData = { getData: (type: string) => data[type] ?? '', files, items: [], types: Object.keys(data) };
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData });
  act(() => void box.dispatchEvent(event));
}

const picture = (name: string) => new File(['x'], name, { type: 'image/png' });

describe('the editor', () => {
  test('opens with the post, and says of nothing that it has changed', async () => {
    const { box, get, onChange } = await open(`<p>Hello <em>you</em></p>\n${TABLE}`);
    expect(box.getAttribute('aria-multiline')).toBe('true');
    expect(get()).toBe(`<p>Hello <em>you</em></p>\n${TABLE}`);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('has one toolbar whose buttons have names and states', async () => {
    const { user } = await open('<h2>Head</h2>');
    const toolbar = screen.getByRole('toolbar', { name: 'Text tools' });
    const heading = within(toolbar).getByRole('button', { name: 'Heading' });
    await waitFor(() => expect(heading.getAttribute('aria-pressed')).toBe('true'));
    await user.click(heading);
    await waitFor(() => expect(heading.getAttribute('aria-pressed')).toBe('false'));
    expect(within(toolbar).getAllByRole('button').filter((button) => button.tabIndex === 0)).toHaveLength(1);
  });

  test('tells of a change once the writer pauses, and at once when asked', async () => {
    const { user, onChange, get } = await open('<p>a</p>');
    await user.click(screen.getByRole('button', { name: 'Heading' }));
    expect(onChange).not.toHaveBeenCalled();
    expect(get()).toBe('<h2>a</h2>');
    expect(onChange.mock.calls).toEqual([['<h2>a</h2>']]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('<p>a</p>'));
  });

  test('takes another text without telling of it, and there is no way back to the one before', async () => {
    const { handle, get, onChange } = await open('<p>a</p>');
    act(() => handle.current!.setHtml('<p>another</p>'));
    expect(get()).toBe('<p>another</p>');
    expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true');
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('a block that the editor does not know', () => {
  test('is shown as it is, leads nowhere, and can be removed', async () => {
    const { box, get, user } = await open(`<p>a</p>${VIDEO}`);
    await within(box).findByText('Play video on YouTube');
    expect(within(box).queryByRole('link')).toBeNull();
    await user.click(within(box).getByRole('button', { name: 'Remove this block' }));
    expect(get()).toBe('<p>a</p>');
  });

  test('is edited as HTML, made safe by the server', async () => {
    const { box, get, user } = await open(TABLE);
    await user.click(within(box).getByRole('button', { name: 'Edit as HTML' }));
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'HTML' });
    expect(field.value).toBe(TABLE);
    await user.clear(field);
    await user.type(field, '<p>words</p><script>x</script>');
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(get()).toBe('<p>words</p>'));
  });

  test('runs nothing, whatever it says', async () => {
    const { box } = await open('<figure class="gallery"><img src="/media/a.jpg" onerror="x()"><iframe src="https://x.test"></iframe><a href="javascript:x()">a</a></figure>');
    await within(box).findByText('a');
    expect(box.querySelector('[onerror], iframe, [href]')).toBeNull();
  });
});

describe('pictures', () => {
  test('that are pasted are sent, with a bar, and stand in the text once they are here', async () => {
    let arrive: (one: UploadedMedia) => void = () => undefined;
    const { box, get, user } = await open('<p>a</p>', { upload: (_file, { onProgress }) => new Promise((resolve) => { onProgress(0.4); arrive = resolve; }) });
    paste(box, {}, [picture('cat.png')]);
    expect((await screen.findByRole('progressbar', { name: 'Sending cat.png' })).getAttribute('value')).toBe('40');
    expect(get()).toBe('<p>a</p>');
    act(() => arrive(media()));
    await waitFor(() => expect(get()).toBe(`<p>a</p>\n<figure><img src="${KEPT}" alt="" width="8" height="6" loading="lazy"></figure>`));
    await user.type(screen.getByRole('textbox', { name: /Describe the picture/ }), 'A cat');
    await user.click(screen.getByRole('button', { name: 'Left of the text' }));
    expect(get()).toContain(`<figure class="alignleft"><img src="${KEPT}" alt="A cat"`);
    await user.click(screen.getByRole('button', { name: 'In the column' }));
    expect(get()).toContain('<figure><img');
  });

  test('that were not taken say why, and are tried again or removed', async () => {
    const upload = vi.fn(refuse);
    const { box, get, user } = await open('<p>a</p>', { upload });
    paste(box, {}, [picture('one.png'), picture('two.png')]);
    await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(2));
    expect(screen.getAllByRole('alert')[0]?.textContent).toContain('The disk is full.');
    await user.click(screen.getAllByRole('button', { name: 'Try again' })[0]!);
    await waitFor(() => expect(upload).toHaveBeenCalledTimes(3));
    await user.click(screen.getAllByRole('button', { name: 'Remove' })[0]!);
    await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(1));
    expect(get()).toBe('<p>a</p>');
  });

  test('of other sites are links until they are here', async () => {
    let arrive: (one: UploadedMedia | null) => void = () => undefined;
    const { box, get } = await open('<p>a</p>', { fetchPicture: () => new Promise((resolve) => { arrive = resolve; }) });
    paste(box, { 'text/html': '<p>b</p><p><img src="https://x.test/a.jpg" alt="A hill"></p>', 'text/plain': 'b' });
    await waitFor(() => expect(get()).toContain('<p><a href="https://x.test/a.jpg">A hill</a></p>'));
    await screen.findByRole('progressbar', { name: 'Fetching the picture' });
    act(() => arrive(media()));
    await waitFor(() => expect(get()).toContain(`<figure><img src="${KEPT}" alt="A hill" width="8" height="6" loading="lazy"></figure>`));
  });

  test('are chosen from the library', async () => {
    const { get, user } = await open('<p>a</p>', { pick: async () => media({ alt: 'From before' }) });
    await user.click(screen.getByRole('button', { name: 'Picture' }));
    await waitFor(() => expect(get()).toContain(`<img src="${KEPT}" alt="From before"`));
  });
});

describe('videos', () => {
  test('come of an address pasted on an empty line', async () => {
    const { box, get } = await open('');
    paste(box, { 'text/plain': 'https://youtu.be/dQw4w9WgXcQ' });
    await waitFor(() => expect(get()).toBe(VIDEO));
  });

  test('stay an address when the server does not answer', async () => {
    const { box, get } = await open('', { embed: refuse });
    paste(box, { 'text/plain': 'https://youtu.be/dQw4w9WgXcQ' });
    await waitFor(() => expect(get()).toContain('https://youtu.be/dQw4w9WgXcQ'));
  });

  test('are asked for by a button, and no other address is one', async () => {
    const { get, user } = await open('<p>a</p>');
    await user.click(screen.getByRole('button', { name: 'Video' }));
    await user.type(await screen.findByRole('textbox', { name: 'Address of the video' }), 'https://example.com/');
    await user.click(screen.getByRole('button', { name: 'Insert' }));
    expect((await screen.findByRole('alert')).textContent).toContain('no address of a video');
    await user.clear(screen.getByRole('textbox', { name: 'Address of the video' }));
    await user.type(screen.getByRole('textbox', { name: 'Address of the video' }), 'https://vimeo.com/76979871');
    await user.click(screen.getByRole('button', { name: 'Insert' }));
    await waitFor(() => expect(get()).toBe(`<p>a</p>\n${VIDEO}`));
  });
});

describe('links', () => {
  test('are set, changed and removed by their address', async () => {
    const { handle, get, user } = await open('<p>a</p>');
    act(() => handle.current!.focus());
    await user.click(screen.getByRole('button', { name: 'Link' }));
    await user.type(await screen.findByRole('textbox', { name: 'Address' }), 'example.com/x');
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(get()).toContain('<a href="https://example.com/x">example.com/x</a>'));
  });
});

describe('the HTML of a text', () => {
  test('is edited as it is, and made safe on the way back', async () => {
    const { get, user, onChange } = await open('<p>a</p>');
    await user.click(screen.getByRole('button', { name: 'HTML' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Post body' });
    expect(field.value).toBe('<p>a</p>');
    await user.clear(field);
    await user.type(field, '<p>b</p><script>x</script>');
    expect(onChange).toHaveBeenLastCalledWith('<p>b</p><script>x</script>');
    await user.click(screen.getByRole('button', { name: 'Visual' }));
    await waitFor(() => expect(get()).toBe('<p>b</p>'));
    expect(screen.getByRole('textbox', { name: 'Post body' }).getAttribute('contenteditable')).toBe('true');
  });

  test('stays HTML when the server does not answer', async () => {
    const { get, user } = await open('<p>a</p>', { clean: refuse });
    await user.click(screen.getByRole('button', { name: 'HTML' }));
    await user.click(screen.getByRole('button', { name: 'Visual' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The blog did not answer');
    expect(get()).toBe('<p>a</p>');
  });

  test('copied from WordPress is pasted as its blocks', async () => {
    const clean = vi.fn(async () => '<p>made safe</p>');
    const { box, get } = await open('', { clean });
    paste(box, { 'text/plain': '<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->' });
    await waitFor(() => expect(get()).toBe('<p>made safe</p>'));
    expect(clean).toHaveBeenCalledWith('<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->');
  });
});

import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSignInChannel } from '@/components/identity/sign-in-channel';
import { signedIn } from '@/components/identity/signed-in.enhance';
import { signInBeside } from '@/components/identity/signing-in.enhance';

type Hooks = Parameters<typeof signInBeside>[2];

const popup = { close: vi.fn() };
const hooks = { refresh: vi.fn<Hooks['refresh']>(async () => false), say: vi.fn<Hooks['say']>() };

/** A form whose provider button is pressed: what the browser would then send, and to which window. */
async function press(window_: typeof popup | null): Promise<{ sent: FormData; target: string }> {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('open', vi.fn(() => window_));
  document.body.innerHTML = '<form><textarea name="comment">Typed</textarea><div class="provider-row"><button name="intent" value="google" data-provider="Google" data-connecting="Connecting to Google…" data-cancel="Cancel">Google</button></div></form>';
  const form = document.querySelector('form')!;
  const button = document.querySelector('button')!;
  let went = { sent: new FormData(), target: '' };
  form.addEventListener('submit', (event) => {
    signInBeside(form, button, hooks);
    went = { sent: new FormData(form), target: button.formTarget };
    event.preventDefault();
  });
  await userEvent.click(button);
  return went;
}

const say = (popupName: string, failure: string | null) => {
  const channel = openSignInChannel();
  channel.postMessage({ popup: popupName, isSignedIn: failure === null, sentence: failure });
  channel.close();
};

beforeEach(() => {
  vi.clearAllMocks();
});

afterEach(async () => {
  screen.queryByRole('button', { name: 'Cancel' })?.click();
  vi.unstubAllGlobals();
});

test('the form goes to a window of its own, which knows the page by a word nobody can guess', async () => {
  const { sent, target } = await press(popup);
  expect(target).toMatch(/^[\w-]{16,64}$/);
  expect(sent.get('popup')).toBe(target);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Connecting to Google…'));
  // Sent again later, without a window, the form is as it was.
  await waitFor(() => expect(document.querySelector('[name="popup"], [formtarget]')).toBeNull());
});

test('where no window opens the form goes from here, and says where to', async () => {
  const { sent, target } = await press(null);
  expect([target, sent.get('popup')]).toEqual(['', null]);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Connecting to Google…'));
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  dispatchEvent(new Event('pageshow'));
  expect(screen.queryByRole('status')).toBeNull();
});

test('word from its window ends the wait and asks who is signed in; word from another window does not', async () => {
  const { target } = await press(popup);
  say('of-some-other-window', null);
  say(target, null);
  await waitFor(() => expect(hooks.refresh).toHaveBeenCalledTimes(1));
  expect(popup.close).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole('status')).toBeNull();
  expect(hooks.say).not.toHaveBeenCalled();
});

test('a failure is told in its sentence', async () => {
  const { target } = await press(popup);
  say(target, 'It was cancelled.');
  await waitFor(() => expect(hooks.say).toHaveBeenCalledWith('It was cancelled.'));
  expect(hooks.refresh).not.toHaveBeenCalled();
});

test('back at the page it asks the blog, for a window may have lost its tie; it waits on until somebody is signed in', async () => {
  await press(popup);
  dispatchEvent(new Event('focus'));
  await waitFor(() => expect(hooks.refresh).toHaveBeenCalledTimes(1));
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy();
  hooks.refresh.mockResolvedValueOnce(true);
  dispatchEvent(new Event('focus'));
  await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
});

test('Cancel closes the window, and what that says afterwards is not heard', async () => {
  const { target } = await press(popup);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(popup.close).toHaveBeenCalledTimes(1);
  expect(document.activeElement?.textContent).toBe('Google');
  const heard = vi.fn();
  const channel = openSignInChannel();
  channel.onmessage = heard;
  say(target, null);
  await waitFor(() => expect(heard).toHaveBeenCalled());
  channel.close();
  expect(hooks.refresh).not.toHaveBeenCalled();
});

test('the window of a sign-in tells its page and closes; opened by hand it stays', async () => {
  const close = vi.fn();
  vi.stubGlobal('close', close);
  const heard = vi.fn();
  const channel = openSignInChannel();
  channel.onmessage = ({ data }: MessageEvent) => heard(data);
  document.body.innerHTML = '<div data-popup="a-word-of-the-page-1" data-signed-in></div><div id="by-hand"></div>';
  signedIn(document.getElementById('by-hand')!);
  expect(close).not.toHaveBeenCalled();
  signedIn(document.querySelector<HTMLElement>('[data-popup]')!);
  await waitFor(() => expect(heard).toHaveBeenCalledWith({ popup: 'a-word-of-the-page-1', isSignedIn: true, sentence: null }));
  expect(close).toHaveBeenCalledTimes(1);
  channel.close();
});

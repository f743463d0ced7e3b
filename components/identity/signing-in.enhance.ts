import { openSignInChannel, type SignInNews } from './sign-in-channel';

const WINDOW = 'popup,width=520,height=680';

type Hooks = {
  /** Signed in, or not known yet: the page asks. Answers whether somebody is. */
  refresh: () => Promise<boolean>;
  /** Says why not, or what there is to know besides. */
  say: (sentence: string) => void;
};

type UnderWay = { popup: Window; stop: () => void };

let underWay: UnderWay | null = null;

/** Whether a window of its own serves a sign-in here: on a phone it would be a tab among many, and the page itself goes. */
const opensWindows = (): boolean => !matchMedia('(hover: none) and (pointer: coarse)').matches;

/**
 * Lets a form go to a provider in a window of its own, so that the page with the text stays. To be called while the form
 * is being sent, and not to stop it: the browser sends it as it stands, there or, where no window opens, from here.
 */
export function signInBeside(form: HTMLFormElement, button: HTMLButtonElement, hooks: Hooks): void {
  underWay?.stop();
  const nonce = crypto.randomUUID();
  const popup = opensWindows() ? window.open('', nonce, WINDOW) : null;
  const said = sayConnecting(form, button, popup !== null);
  if (popup === null) return addEventListener('pageshow', said.end, { once: true });
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'popup', value: nonce });
  form.append(field);
  button.formTarget = nonce;
  // After the browser has read the form.
  setTimeout(() => {
    field.remove();
    button.removeAttribute('formtarget');
  });
  underWay = listen(popup, nonce, said, hooks);
}

function listen(popup: Window, nonce: string, said: Said, { refresh, say }: Hooks): UnderWay {
  const channel = openSignInChannel();
  const stop = () => {
    channel.close();
    removeEventListener('focus', ask);
    said.end();
    underWay = null;
  };
  // Whether the window is closed means nothing: a provider may have cut the tie. Back here, the page asks the blog.
  const ask = () => void refresh().then((isSignedIn) => isSignedIn && stop());
  channel.onmessage = ({ data }: MessageEvent<SignInNews>) => {
    if (data.popup !== nonce) return;
    popup.close();
    stop();
    const { isSignedIn, sentence } = data;
    void (isSignedIn ? refresh() : Promise.resolve()).then(() => sentence !== null && say(sentence));
  };
  addEventListener('focus', ask);
  said.onCancel(() => {
    popup.close();
    stop();
  });
  return { popup, stop };
}

type Said = { end: () => void; onCancel: (cancel: () => void) => void };

/** `Connecting to Google…`, with a way out where there is one. */
function sayConnecting(form: HTMLFormElement, button: HTMLButtonElement, canCancel: boolean): Said {
  const line = document.createElement('div');
  line.className = 'identity-connecting';
  const status = Object.assign(document.createElement('p'), { className: 'form-status' });
  status.setAttribute('role', 'status');
  line.append(status);
  button.closest('.provider-row')?.after(line);
  const cancel = Object.assign(document.createElement('button'), { type: 'button', className: 'button button--quiet', textContent: button.dataset.cancel ?? '' });
  if (canCancel) line.append(cancel);
  // Set late, so that screen readers say it.
  requestAnimationFrame(() => (status.textContent = button.dataset.connecting ?? ''));
  return {
    end: () => line.remove(),
    onCancel: (act) => cancel.addEventListener('click', () => {
      act();
      button.focus();
    }),
  };
}

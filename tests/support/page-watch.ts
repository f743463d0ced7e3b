import type { BrowserContext, Request } from 'playwright-core';

const HARMLESS_PROTOCOLS = ['data:', 'blob:', 'about:'];

/** Told to the console, which is listened to: the policy's own event, for some violations are no error there. */
function tellViolations(): void {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`policy violation: ${effectiveDirective} ${blockedURI}`), true);
}

/** Whether it brings a whole page into a tab. No page of readers has a frame of a login provider. */
function isPageInTab(request: Request): boolean {
  if (!request.isNavigationRequest()) return false;
  try {
    return request.frame().parentFrame() === null;
  } catch {
    return true; // a tab that is only being opened has no frame to tell of
  }
}

/**
 * Writes down what an honest page never does: requests to other origins (which are answered empty, so that no test
 * leaves the machine), console errors, policy violations, uncaught errors, missing files and answers of 5xx.
 * At `loginOrigins` a person may go to a page, as they do to sign in; what is asked there without going is written down.
 */
export function watch(context: BrowserContext, origin: string, loginOrigins: string[], allow: RegExp[]): string[] {
  const complaints: string[] = [];
  const complain = (sentence: string) => {
    if (!allow.some((pattern) => pattern.test(sentence))) complaints.push(sentence);
  };
  const isSigningIn = (request: Request) => loginOrigins.includes(new URL(request.url()).origin) && isPageInTab(request);
  const isOurs = (address: string) => HARMLESS_PROTOCOLS.includes(new URL(address).protocol) || new URL(address).origin === origin;

  void context.addInitScript(tellViolations);
  context.on('request', (request) => {
    if (!isOurs(request.url()) && !isSigningIn(request)) complain(`request to another origin: ${request.url()}`);
  });
  void context.route((url) => !isOurs(url.href), (route, request) => (isSigningIn(request) ? route.continue() : route.fulfill({ status: 200, body: '' })));
  context.on('response', (response) => {
    if (!isOurs(response.url())) return;
    const status = response.status();
    const mayRefuse = response.request().isNavigationRequest() || ['fetch', 'xhr'].includes(response.request().resourceType());
    if (status >= 500 || (status >= 400 && !mayRefuse)) complain(`answer ${status}: ${response.request().method()} ${response.url()}`);
  });
  context.on('console', (message) => {
    // A refusal's real status is reported too; the responses above decide about it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complain(`console error: ${message.text()}`);
  });
  context.on('weberror', (error) => complain(`uncaught error: ${error.error().message}`));
  return complaints;
}

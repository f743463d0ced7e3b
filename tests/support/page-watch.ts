import type { BrowserContext } from 'playwright-core';

const HARMLESS_PROTOCOLS = ['data:', 'blob:', 'about:'];

/** Told to the console, which is listened to: the policy's own event, for some violations are no error there. */
function tellViolations(): void {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`policy violation: ${effectiveDirective} ${blockedURI}`), true);
}

/**
 * Writes down what an honest page never does: requests to other origins (which are answered empty, so that no test
 * leaves the machine), console errors, policy violations, uncaught errors, missing files and answers of 5xx.
 */
export function watch(context: BrowserContext, origin: string, allow: RegExp[]): string[] {
  const complaints: string[] = [];
  const complain = (sentence: string) => {
    if (!allow.some((pattern) => pattern.test(sentence))) complaints.push(sentence);
  };
  const isOurs = (address: string) => HARMLESS_PROTOCOLS.includes(new URL(address).protocol) || new URL(address).origin === origin;

  void context.addInitScript(tellViolations);
  context.on('request', (request) => {
    if (!isOurs(request.url())) complain(`request to another origin: ${request.url()}`);
  });
  void context.route((url) => !isOurs(url.href), (route) => route.fulfill({ status: 200, body: '' }));
  context.on('response', (response) => {
    const { status } = { status: response.status() };
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

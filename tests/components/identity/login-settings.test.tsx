import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LoginSettings } from '@/components/identity/login-settings';
import type { LoginSettingsView, LoginWayView } from '@/lib/identity/login-settings';

const NEVER = { lastWorkedAt: null, lastFailedAt: null, lastFailure: '' };
const way = (provider: LoginWayView['provider'], more: Partial<LoginWayView> = {}): LoginWayView => ({
  provider, isOffered: true, callback: `https://blog.example/api/auth/callback/${provider}`, missing: [], standIn: null, state: NEVER, ...more,
});
const logins: LoginSettingsView = {
  site: 'https://blog.example', warning: null, deletionAddress: 'https://blog.example/account/delete', mail: { from: 'owner@example.com', isSent: true },
  providers: [
    way('google', { state: { ...NEVER, lastWorkedAt: new Date('2026-11-25T19:00:00Z'), lastFailedAt: new Date('2026-11-20T08:00:00Z'), lastFailure: 'It was away.' } }),
    way('twitter', { state: { lastWorkedAt: new Date('2026-11-20T08:00:00Z'), lastFailedAt: new Date('2026-11-25T19:00:00Z'), lastFailure: 'The credit is used up.' } }),
    way('facebook', { isOffered: false, missing: ['AUTH_FACEBOOK_ID', 'AUTH_FACEBOOK_SECRET'] }),
  ],
};

const show = (more: Partial<LoginSettingsView> = {}) => render(<LoginSettings logins={{ ...logins, ...more }} site={{ language: 'en', timeZone: 'UTC' }} />);
const card = (name: string) => screen.getByRole('article', { name });
const factsOf = (name: string) => Object.fromEntries(within(card(name)).getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling?.textContent]));

test('each way says whether it is offered, its callback address, and when it last worked', () => {
  show();
  expect(within(card('Google')).getByText('Offered')).toBeTruthy();
  expect(factsOf('Google')).toEqual({
    'Last used': 'It worked on 25 November 2026 at 19:00. It had failed on 20 November 2026 at 08:00: It was away.',
    'Callback address': 'https://blog.example/api/auth/callback/google',
    'Tells the blog': 'name, picture, e-mail address and whether it is verified',
  });
  expect(factsOf('Twitter (X)')['Last used']).toBe('It worked on 20 November 2026 at 08:00. It failed on 25 November 2026 at 19:00: The credit is used up.');
});

test('what is not offered says which settings are missing, and how to get them, without being opened', () => {
  show();
  const facebook = within(card('Facebook'));
  expect(facebook.getByText('Not offered')).toBeTruthy();
  expect(facebook.getByText(/these settings are missing/).textContent).toContain('AUTH_FACEBOOK_ID and AUTH_FACEBOOK_SECRET');
  expect(facebook.getByRole('group').hasAttribute('open')).toBe(true);
  expect(within(card('Google')).getByRole('group').hasAttribute('open')).toBe(false);
  const steps = facebook.getAllByRole('listitem').map((step) => step.textContent);
  expect(steps).toHaveLength(3);
  expect(steps[1]).toContain('https://blog.example/api/auth/callback/facebook');
  expect(steps[1]).toContain('https://blog.example/privacy');
  expect(steps[1]).toContain('https://blog.example/account/delete');
  expect(factsOf('Facebook')['Data deletion address']).toBe('https://blog.example/account/delete');
});

test('a link to a console takes nothing along', () => {
  show();
  const links = ['Google Auth Platform', 'X developer console', 'Meta for Developers'].map((name) => screen.getByRole('link', { name, hidden: true }));
  expect(links.map((link) => link.getAttribute('rel'))).toEqual(Array(3).fill('noopener noreferrer'));
});

test('a server that stands in for a provider is named', () => {
  show({ providers: [way('google', { standIn: 'http://127.0.0.1:9000' })] });
  expect(within(card('Google')).getByText(/Another server stands in for it/).textContent).toContain('http://127.0.0.1:9000');
  expect(factsOf('Google')['Last used']).toContain('Not used yet');
});

test('without a mail server it says that links do not arrive, and where they are', () => {
  show({ mail: { from: 'owner@example.com', isSent: false } });
  expect(within(card('E-mail link')).getByText(/no mail leaves this machine/)).toBeTruthy();
  expect(within(card('E-mail link')).getByRole('link', { name: 'Outbox' }).getAttribute('href')).toBe('/admin/outbox');
});

test('a warning about the address stands first', () => {
  show({ warning: 'Google is set, but SITE_URL is not.' });
  expect(screen.getByText('Google is set, but SITE_URL is not.')).toBeTruthy();
});

import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { AkismetState } from '@/components/moderation/akismet-state';
import { PrivacyText } from '@/components/site/privacy-text';
import { RETENTION_DEFAULTS } from '@/lib/privacy/schema';
import { SITE_DEFAULTS } from '@/lib/site/schema';

const site = { ...SITE_DEFAULTS };
const at = new Date('2026-11-26T08:00:00Z');

test.each([
  [null, 'Akismet is not asked.'],
  [{ isValid: true, lastWorkedAt: at, lastFailedAt: null, lastFailure: '' }, 'Akismet takes the key.'],
  [{ isValid: false, lastWorkedAt: null, lastFailedAt: at, lastFailure: 'Akismet says that the key is not valid.' }, 'Akismet does not take the key in AKISMET_KEY.'],
  [{ isValid: null, lastWorkedAt: null, lastFailedAt: at, lastFailure: 'Akismet answered with the status 500.' }, 'Akismet has not said whether it takes the key.'],
])('the owner reads how Akismet does', (akismet, sentence) => {
  render(<AkismetState akismet={akismet} site={site} />);
  const region = screen.getByRole('region', { name: 'Akismet' });
  expect(region.textContent).toContain(sentence);
  expect(region.textContent).toContain(akismet?.lastFailure ?? '');
  expect(region.querySelectorAll('time')).toHaveLength(akismet ? 1 : 0);
});

test('the privacy page speaks of Akismet only where it is asked, and is true about the network address in both cases', () => {
  const { container, rerender } = render(<PrivacyText blog="Our blog" asksAkismet={false} retention={RETENTION_DEFAULTS} />);
  expect(container.textContent).not.toContain('Akismet');
  expect(container.textContent).toContain('Your network address is not kept. We keep');
  rerender(<PrivacyText blog="Our blog" asksAkismet retention={RETENTION_DEFAULTS} />);
  expect(container.textContent).toContain('Your network address is not kept, but for the days that are named below. We keep');
  expect(container.textContent).toContain('encrypted, as long as nobody has decided about your comment, for 15 days at most');
});

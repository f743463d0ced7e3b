import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FloodBanner } from '@/components/moderation/flood-banner';

test('a flood is named with how much comes from how many places, and leads to what came with it', () => {
  render(<FloodBanner flood={{ comments: 1312, minutes: 10, places: 50 }} />);
  const region = screen.getByRole('region', { name: 'A flood is on' });
  expect(region.textContent).toContain('1,312 comments from strangers in the last 10 minutes, from about 50 places on the network.');
  expect(screen.getByRole('link', { name: 'Show what came with it' }).getAttribute('href')).toBe('/admin/comments?queue=pending&rule=flood');
});

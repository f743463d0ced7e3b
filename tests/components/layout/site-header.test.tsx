import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SiteFooter } from '@/components/layout/site-footer';
import { SiteHeader } from '@/components/layout/site-header';

test('the header names the blog without a heading and links its pages', () => {
  render(<SiteHeader title="Close to Home" tagline="Slowly" menu={[{ href: '/about', title: 'About' }]} />);
  const header = within(screen.getByRole('banner'));
  expect(header.getByRole('link', { name: 'Close to Home' }).getAttribute('href')).toBe('/');
  expect(header.queryByRole('heading')).toBeNull();
  expect(within(header.getByRole('navigation', { name: 'Pages' })).getByRole('link', { name: 'About' }).getAttribute('href')).toBe('/about');
});

test('a blog without pages has no empty navigation', () => {
  render(<SiteHeader title="Close to Home" tagline="" menu={[]} />);
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('the footer leads to what is kept about readers', () => {
  render(<SiteFooter title="Close to Home" social={[]} />);
  expect(within(screen.getByRole('contentinfo')).getByRole('link', { name: 'Privacy' }).getAttribute('href')).toBe('/privacy');
});

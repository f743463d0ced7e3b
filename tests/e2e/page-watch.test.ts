import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { useProviders } from '../support/provider-control';

const blog = useBlog();
const { google } = useProviders();
const callback = `${blog.url}/api/auth/callback/google`;
const asking = () => `${google.address}/authorize?${new URLSearchParams({ client_id: 'soapbox-at-google', redirect_uri: callback, response_type: 'code' })}`;

test('going to a login provider is no complaint, in a tab or in a popup', async () => {
  const page = await blog.newPage();
  await page.goto('/');
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate((address) => void open(address), asking())]);
  await expect(popup.getByRole('link', { name: 'Continue as Ada Marsh' })).toBeVisible();
  await page.goto(asking());
  await expect(page.getByRole('link', { name: 'Cancel' })).toBeVisible();
  expectValue(blog.takeComplaints()).toEqual([]);
  expectValue((await google.received()).authorize).toHaveLength(2);
});

test('a picture or a frame of a login provider in a page of the blog is a complaint', async () => {
  const page = await blog.newPage();
  await page.goto('/');
  await page.evaluate((address) => {
    document.body.append(Object.assign(document.createElement('img'), { src: `${address}/picture.png` }));
    document.body.append(Object.assign(document.createElement('iframe'), { src: `${address}/authorize` }));
  }, google.address);
  // Of the frame the browser's own words come first, then its event: then nothing more comes.
  const noticed: string[] = [];
  const all = () => {
    noticed.push(...blog.takeComplaints());
    return noticed.join('\n');
  };
  await expect.poll(all).toMatch(/policy violation: frame-src/);
  await expect.poll(all).toContain(`request to another origin: ${google.address}/picture.png`);
  expectValue((await google.received()).authorize).toEqual([]);
});

import { READS_PATH } from '@/lib/reads/schema';

const POST = /^\/posts\/[^/]+$/;

/** Tells that a post is read which was not asked of the blog itself to be looked at: the browser had fetched it ahead, or a CDN may have had it. */
export function tellRead(): void {
  // Rendered ahead, and not looked at yet.
  if ((document as Document & { prerendering?: boolean }).prerendering) return document.addEventListener('prerenderingchange', tellRead, { once: true });
  const [page] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & { deliveryType?: string; activationStart?: number })[];
  const isAhead = page?.deliveryType === 'navigational-prefetch' || (page?.activationStart ?? 0) > 0;
  const isUncounted = isAhead || page?.serverTiming?.some(({ name }) => name === 'cdn');
  if (isUncounted && POST.test(location.pathname)) fetch(READS_PATH + location.pathname, { keepalive: true }).catch(() => undefined);
}

const POST = /^\/posts\/[^/]+$/;

/** Tells that a post is read which the browser had fetched ahead: it was not counted then. By a request that is answered without a body. */
export function fetchedAhead(): void {
  const [page] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & { deliveryType?: string })[];
  if (page?.deliveryType !== 'navigational-prefetch' || !POST.test(location.pathname)) return;
  fetch(location.pathname, { headers: { 'If-None-Match': '*' } }).catch(() => undefined);
}

import type { Metadata } from 'next';
import { ErrorPage } from '@/components/site/error-page';

export const metadata: Metadata = { title: 'Something went wrong', robots: { index: false } };

/** The document that the server sends for every 500. */
export default function Page() {
  return (
    <ErrorPage title="Something went wrong here">
      <p>This is our mistake, not yours. It has been noted. Please try again in a moment.</p>
      <p><a className="button button--quiet" href="/">All posts</a></p>
    </ErrorPage>
  );
}

import type { Metadata } from 'next';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

export const generateMetadata = (): Metadata => ({ title: t('subscriptions.follow.thanks'), robots: { index: false } });

type Props = { searchParams: Promise<{ follows?: string | string[] }> };

/** What comes after an address was typed in: the same whatever the blog knows of it. */
export default async function Page({ searchParams }: Props) {
  const { follows } = await searchParams;
  return (
    <div className="reply-page">
      <h1 className="reply-title">{t('subscriptions.follow.thanks')}</h1>
      <p className="form-status" role="status">{t(follows === undefined ? 'subscriptions.follow.look' : 'subscriptions.follow.follows')}</p>
      {follows === undefined && <p>{t.rich('subscriptions.follow.nothing', { signIn: (words) => <a href="/sign-in">{words}</a> })}</p>}
      <p><a href="/">{t('subscriptions.follow.back')}</a></p>
    </div>
  );
}

import type { Metadata } from 'next';
import { t } from '@/lib/words/t';
import { FrontPage } from '../../front-page';
import { listMetadata, listPageOf } from '../../list-page';

type Props = { params: Promise<{ number: string }> };

const pageOf = async (params: Props['params']) => listPageOf('/', ['page', (await params).number]);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return listMetadata(t('layout.pages.posts'), '/', await pageOf(params), { about: 'posts' });
}

export default async function Page({ params }: Props) {
  return <FrontPage page={await pageOf(params)} />;
}

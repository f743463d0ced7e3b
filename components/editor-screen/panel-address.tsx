'use client';

import { EXCERPT_MAX_CHARACTERS, type PostFields, type Saved } from '@/lib/posts/post-form';
import { SLUG_MAX_CHARS } from '@/lib/posts/schema';
import { t } from '@/lib/words/t';
import { Written } from './written';

type Props = { kind: 'post' | 'page'; fields: Pick<PostFields, 'slug' | 'excerpt'>; saved: Pick<Saved, 'slug' | 'path' | 'state'>; onChange: (change: Partial<PostFields>) => void };

function slugHint({ kind, fields, saved }: Pick<Props, 'kind' | 'fields' | 'saved'>): string {
  const made = saved.slug === '' ? t('editor.address.made') : t('editor.address.now', { path: `${kind === 'post' ? '/posts/' : '/'}${saved.slug}` });
  if (saved.state !== 'draft') return `${made} ${t('editor.address.leads')}`;
  return saved.slug !== '' && fields.slug === '' ? `${made} ${t('editor.address.follows')}` : made;
}

/** The word of its address, and the few words that lists and feeds show of it. */
export function PanelAddress({ kind, fields, saved, onChange }: Props) {
  return (
    <>
      <Written id="post-slug" label={t('editor.address.label')} hint={slugHint({ kind, fields, saved })}>
        {(tied) => <input {...tied} type="text" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={SLUG_MAX_CHARS} placeholder={saved.slug} value={fields.slug} onChange={({ target }) => onChange({ slug: target.value })} />}
      </Written>
      <Written id="post-excerpt" label={t('editor.address.excerpt')} hint={t('editor.address.excerptHint')}>
        {(tied) => <textarea {...tied} rows={3} maxLength={EXCERPT_MAX_CHARACTERS} value={fields.excerpt} onChange={({ target }) => onChange({ excerpt: target.value })} />}
      </Written>
    </>
  );
}

'use client';

import { EXCERPT_MAX_CHARACTERS, type PostFields, type Saved } from '@/lib/posts/post-form';
import { SLUG_MAX_CHARS } from '@/lib/posts/schema';
import { Written } from './written';

type Props = { kind: 'post' | 'page'; fields: Pick<PostFields, 'slug' | 'excerpt'>; saved: Pick<Saved, 'slug' | 'path' | 'state'>; onChange: (change: Partial<PostFields>) => void };

function slugHint({ kind, fields, saved }: Pick<Props, 'kind' | 'fields' | 'saved'>): string {
  const before = kind === 'post' ? '/posts/' : '/';
  const made = saved.slug === '' ? 'Left empty, it is made from the title.' : `Now ${before}${saved.slug}.`;
  if (saved.state === 'draft') return fields.slug === '' ? `${made} ${saved.slug === '' ? '' : 'It follows the title until the post is out.'}`.trim() : made;
  return `${made} If you change it, the old address leads to the new one.`;
}

/** The word of its address, and the few words that lists and feeds show of it. */
export function PanelAddress({ kind, fields, saved, onChange }: Props) {
  return (
    <>
      <Written id="post-slug" label="Address" hint={slugHint({ kind, fields, saved })}>
        {(tied) => <input {...tied} type="text" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={SLUG_MAX_CHARS} placeholder={saved.slug} value={fields.slug} onChange={({ target }) => onChange({ slug: target.value })} />}
      </Written>
      <Written id="post-excerpt" label="Excerpt (optional)" hint="Shown in lists and where the post is shared. Left empty, it is the beginning of the text.">
        {(tied) => <textarea {...tied} rows={3} maxLength={EXCERPT_MAX_CHARACTERS} value={fields.excerpt} onChange={({ target }) => onChange({ excerpt: target.value })} />}
      </Written>
    </>
  );
}

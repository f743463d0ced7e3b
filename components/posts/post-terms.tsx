import type { ReactNode } from 'react';
import type { TermView } from '@/lib/posts/queries';
import { categoryPath, tagPath } from '@/lib/posts/rules';
import { t } from '@/lib/words/t';

type PostTermsProps = {
  categories: TermView[];
  tags: TermView[];
  /** A further row. */
  children?: ReactNode;
};

/** The categories and tags of a post as links. */
export function PostTerms({ categories, tags, children }: PostTermsProps) {
  if (categories.length + tags.length === 0 && !children) return null;
  return (
    <footer className="post-terms">
      <Terms label={t('posts.article.filedUnder')} terms={categories} pathOf={categoryPath} />
      <Terms label={t('posts.article.tagged')} terms={tags} pathOf={tagPath} />
      {children}
    </footer>
  );
}

function Terms({ label, terms, pathOf }: { label: string; terms: TermView[]; pathOf: (slug: string) => string }) {
  if (terms.length === 0) return null;
  return (
    <div className="post-terms-row">
      <span aria-hidden="true">{label}</span>
      <ul aria-label={label}>{terms.map((term) => <li key={term.slug}><a href={pathOf(term.slug)}>{term.name}</a></li>)}</ul>
    </div>
  );
}

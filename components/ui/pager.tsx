import { t } from '@/lib/words/t';

type PagerProps = {
  /** What is paged, as the name of the landmark: `Posts`. */
  label: string;
  page: number;
  /** Whether there is a page after this one. */
  hasMore: boolean;
  hrefOf: (page: number) => string;
  /** The words of the links back (towards page 1) and on. */
  back: string;
  on: string;
  className?: string;
};

/** Links to the pages before and after this one; nothing where there is only one page. */
export function Pager({ label, page, hasMore, hrefOf, back, on, className = '' }: PagerProps) {
  if (page === 1 && !hasMore) return null;
  return (
    <nav className={`pager ${className}`.trim()} aria-label={label}>
      {page > 1 && <a className="pager-back" href={hrefOf(page - 1)} rel="prev">{back}</a>}
      <span className="pager-here">{t('ui.page', { page: String(page) })}</span>
      {hasMore && <a className="pager-on" href={hrefOf(page + 1)} rel="next">{on}</a>}
    </nav>
  );
}

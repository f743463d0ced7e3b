import type { ContentsEntry } from '@/lib/text/contents';
import { t } from '@/lib/words/t';

/** The table of contents of a long post, one line until it is opened. Nothing for a post without. */
export function PostContents({ contents }: { contents: ContentsEntry[] }) {
  if (contents.length === 0) return null;
  return (
    <nav className="post-contents" aria-label={t('posts.article.contents')}>
      <details>
        <summary>{t('posts.article.contents')}</summary>
        <ol>
          {chaptersOf(contents).map(({ heading, below }) => (
            <li key={heading.id}>
              <a href={`#${heading.id}`}>{heading.title}</a>
              {below.length > 0 && (
                <ol>
                  {below.map(({ id, title }) => <li key={id}><a href={`#${id}`}>{title}</a></li>)}
                </ol>
              )}
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

type Chapter = { heading: ContentsEntry; below: ContentsEntry[] };

function chaptersOf(contents: ContentsEntry[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const entry of contents) {
    const last = chapters.at(-1);
    if (entry.level === 3 && last) last.below.push(entry);
    else chapters.push({ heading: entry, below: [] });
  }
  return chapters;
}

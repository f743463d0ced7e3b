import { OLDER_THAN, OLDER_THAN_NAMES, repliesPath, type OlderThan } from '@/lib/comments/reply-desk';
import type { UnansweredView } from '@/lib/comments/unanswered';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';

type Props = { view: UnansweredView; act: (form: FormData) => void; isPending: boolean; count: Intl.NumberFormat };

const AGES = (Object.keys(OLDER_THAN) as OlderThan[]).map((value) => ({ value, label: OLDER_THAN_NAMES[value] }));

/** What the reply desk shows, and how it is cleared of what nobody will answer any more. */
export function RepliesTools({ view: { filter, total, oldCount, hasOthers }, act, isPending, count }: Props) {
  const { posts, old } = filter;
  return (
    <div className="replies-tools">
      {hasOthers && (
        <nav aria-label="Whose posts">
          <a href={repliesPath({ old })} aria-current={posts === 'mine' ? 'true' : undefined}>My posts</a>
          <a href={repliesPath({ posts: 'all', old })} aria-current={posts === 'all' ? 'true' : undefined}>Everybody’s posts</a>
        </nav>
      )}
      {oldCount > 0 && (
        <p>
          {oldCount === 1 ? '1 older comment, which came here with its post, is' : `${count.format(oldCount)} older comments, which came here with their posts, are`} left out. <a href={repliesPath({ posts, old: true })}>Show {oldCount === 1 ? 'it' : 'them'} too</a>
        </p>
      )}
      {old && <p>Comments that came here with their posts are shown too. <a href={repliesPath({ posts })}>Leave them out</a></p>}
      {total > 0 && (
        <details className="replies-clear">
          <summary>Clear what is old</summary>
          <form action={act}>
            <input type="hidden" name="posts" value={posts} />
            <input type="hidden" name="old" value={old ? '1' : '0'} />
            <SelectField id="replies-older" name="olderThan" label="No comment needs a reply that is older than" options={AGES} defaultValue="month" />
            <Button quiet disabled={isPending}>Mark as needing no reply</Button>
          </form>
        </details>
      )}
    </div>
  );
}

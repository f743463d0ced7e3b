import { readingFont } from '@/components/layout/reading-font';
import { QueueRail } from '@/components/moderation/queue-rail';
import type { Person } from '@/lib/identity/schema';
import type { Queue } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import { PostDesk } from './post-desk';
import type { EditorProps } from './use-editor';

type Props = Omit<EditorProps, 'person'> & {
  counts: Record<Queue, number>;
  person: Pick<Person, 'name' | 'role' | 'userId'>;
  signOut: () => Promise<void>;
};

/** The page on which a post or page is written. */
export function EditorScreen({ counts, person: { name, role, userId }, signOut, ...editor }: Props) {
  const isNew = editor.view.saved.seen === '';
  return (
    <div className={`desk ${readingFont}`}>
      <QueueRail here="posts" counts={counts} person={{ userId, name, role }} signOut={signOut} />
      <main id="content" className="editor" tabIndex={-1}>
        <h1 className="sr-only">{t(isNew ? 'editor.screen.new' : 'editor.screen.edit', { kind: editor.view.kind })}</h1>
        <PostDesk {...editor} person={{ id: userId }} />
      </main>
    </div>
  );
}

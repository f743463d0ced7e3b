import type { DeskLine } from '@/lib/posts/desk-list';
import { giveFormPath } from '@/lib/posts/hand-over-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { discussionFormPath, titleOf } from './post-words';

type Act = (form: FormData) => Promise<void>;
/** What can be done to a line; each takes a form with `post`, and `here`, where the answer leads. */
export type ListActs = { trash: Act; restore: Act; deleteForGood: Act };

type Props = { post: DeskLine; isOwner: boolean; acts: ListActs; here: string };

/** What can be done with a post of the list. Plain forms: they work without script. */
export function DeskPostActs({ post, isOwner, acts, here }: Props) {
  const { id, path, kind, isInTrash } = post;
  const title = titleOf(post);
  if (isInTrash) {
    return (
      <div className="desk-post-acts">
        <ActForm act={acts.restore} id={id} here={here}><button className="desk-post-act" aria-label={t('posts.act.restoreNamed', { title })}>{t('posts.act.restore')}</button></ActForm>
        <DeleteForGood post={post} act={acts.deleteForGood} here={here} />
      </div>
    );
  }
  return (
    <div className="desk-post-acts">
      {path && <a className="desk-post-act" href={path} aria-label={t('posts.act.viewNamed', { title })}>{t('posts.act.view')}</a>}
      {kind === 'post' && <a className="desk-post-act" href={discussionFormPath(id)} aria-label={t('posts.act.discussionNamed', { title })}>{t('posts.act.discussion')}</a>}
      {isOwner && <a className="desk-post-act" href={giveFormPath(id)} aria-label={t('posts.act.authorNamed', { title })}>{t('posts.act.author')}</a>}
      <ActForm act={acts.trash} id={id} here={here}><button className="desk-post-act" aria-label={t('posts.act.trashNamed', { title })}>{t('posts.act.trash')}</button></ActForm>
    </div>
  );
}

function ActForm({ act, id, here, children }: { act: Act; id: string; here: string; children: React.ReactNode }) {
  return (
    <form action={act}>
      <input type="hidden" name="post" value={id} />
      <input type="hidden" name="here" value={here} />
      {children}
    </form>
  );
}

/** What cannot be undone says first what it does. */
function DeleteForGood({ post, act, here }: { post: DeskLine; act: Act; here: string }) {
  const { id, approved, waiting } = post;
  const title = titleOf(post);
  return (
    <details className="desk-post-delete">
      <summary className="desk-post-act" aria-label={t('posts.act.askDeleteNamed', { title })}>{t('posts.act.askDelete')}</summary>
      <ActForm act={act} id={id} here={here}>
        <p>{t('posts.act.deleteMeans', { count: approved + waiting })}</p>
        <Button quiet className="button--danger" aria-label={t('posts.act.deleteNamed', { title })}>{t('posts.act.delete')}</Button>
      </ActForm>
    </details>
  );
}

import type { LockedView } from '@/lib/posts/locked';
import { readPath } from '@/lib/posts/rules';
import type { UnlockState } from '@/lib/posts/unlock-form';
import { t } from '@/lib/words/t';
import { PasswordForm } from './password-form';

type Props = {
  action: (state: UnlockState, form: FormData) => Promise<UnlockState>;
  post: LockedView;
};

/** What stands at the address of a post with a password: its title and the form, for every reader the same. */
export function LockedPost({ action, post }: Props) {
  return (
    <article className="post locked-post" aria-labelledby="post-title">
      <header className="post-head">
        <h1 id="post-title" dir="auto">{post.title}</h1>
        <p className="locked-word">{t('posts.locked.forWhom', { kind: post.kind })}</p>
      </header>
      <PasswordForm action={action} post={post} />
      <p className="locked-known">
        {t.rich('posts.locked.openedBefore', { link: (words) => <a href={readPath(post)} rel="nofollow">{words}</a> })}
      </p>
    </article>
  );
}

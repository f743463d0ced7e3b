import { DELETION_HOURS } from '@/lib/account/schema';

const SIGN_IN = `/sign-in?to=${encodeURIComponent('/account/delete')}`;

/** How what the blog has about somebody is deleted, for whoever is not signed in: Facebook leads people here too. */
export function DeletionHelp() {
  return (
    <div className="account-part">
      <p>You can have everything deleted that this blog has about you: your name, address and picture, how you sign in, and, if you wish, what you wrote.</p>
      <ol className="account-steps">
        <li>Sign in, in the way you did before: with Google, Twitter, Facebook or a link by email.</li>
        <li>Choose what becomes of your comments, and press “Delete my account”.</li>
        <li>{DELETION_HOURS} hours later it is done. Until then you can change your mind.</li>
      </ol>
      <p className="account-row"><a className="button" href={SIGN_IN}>Sign in to delete my account</a></p>
      <p>If you cannot sign in any more, or wrote as a guest, write to whoever runs this blog, and say which name and address you used. <a href="/privacy">What this blog keeps</a></p>
    </div>
  );
}

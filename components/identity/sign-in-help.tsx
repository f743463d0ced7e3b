/** The page without a way in yet: how a sign-in link is made. */
export function SignInHelp() {
  return (
    <main id="content" className="desk-sheet" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      <p>You enter with a link that works once, for 15 minutes. Whoever runs this blog makes one on its machine:</p>
      <pre>
        <code>npm run people -- sign-in-link you@example.com</code>
      </pre>
      <p>To comment you need no account: write below a post with your name and e-mail address.</p>
      <p>
        <a href="/">Back to the blog</a>
      </p>
    </main>
  );
}

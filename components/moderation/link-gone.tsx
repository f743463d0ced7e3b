/** What stands where the link of a notice opens no more. */
export function LinkGone() {
  return (
    <main id="content" className="desk-sheet" aria-labelledby="gone-title" tabIndex={-1}>
      <h1 id="gone-title">This link does not open any more</h1>
      <p>It is older than a week, or the comment is not yours to decide on any longer.</p>
      <p><a href="/admin/comments?queue=pending">Open the desk</a></p>
    </main>
  );
}

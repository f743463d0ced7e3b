/** The end of every page: whose blog it is, and what it keeps about its readers. */
export function SiteFooter({ title }: { title: string }) {
  return (
    <footer className="site-footer">
      <div className="column">
        <a href="/">{title}</a>
        <span className="site-footer-end">
          <a href="/account">Your account</a> <a href="/privacy">Privacy</a>
        </span>
      </div>
    </footer>
  );
}

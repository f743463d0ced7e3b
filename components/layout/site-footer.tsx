/** The end of every page: whose blog it is, and what it keeps about its readers. */
export function SiteFooter({ title }: { title: string }) {
  return (
    <footer className="site-footer">
      <div className="column">
        <a href="/">{title}</a>
        <a href="/privacy">Privacy</a>
      </div>
    </footer>
  );
}

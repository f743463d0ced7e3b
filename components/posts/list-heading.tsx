/** The heading of a list: what kind it is, what it holds, and its own words if it has some. */
export function ListHeading({ kind, title, about }: { kind: string; title: string; about?: string }) {
  return (
    <header className="list-heading">
      <p className="list-kind">{kind}</p>
      <h1>{title}</h1>
      {about && <p className="list-about">{about}</p>}
    </header>
  );
}

/** What of a page machines are told (JSON-LD). No script: browsers run nothing of it. */
export function StructuredData({ data }: { data: object }) {
  // What a reader wrote stands in it: no text may end the element.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return <script data-own="" type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

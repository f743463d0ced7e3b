import { chance, personName, pick, prose } from './words';

const MINUTE_MS = 60_000;
const FIRST_DAY = Date.UTC(2016, 0, 1);
const POST_WORDS = 600;
const COMMENT_WORDS = 45;
const PARAGRAPHS = 8;
const TAGS = ['sleep', 'school', 'garden', 'books', 'winter'];

const cdata = (text: string): string => `<![CDATA[${text}]]>`;
const moment = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** How large an export is: posts, comments in all, and how many words each of either has. */
export type ExportSize = { posts: number; comments: number; postWords?: number; commentWords?: number };

function comment(id: number, parent: number, words: number, random: () => number): string {
  const name = personName(random);
  const text = [prose(words, random), prose(Math.ceil(random() * words), random)].join('\n\n');
  return (
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${cdata(name)}</wp:comment_author><wp:comment_author_email>reader-${id % 5_000}@example.net</wp:comment_author_email>` +
    `<wp:comment_author_url>${id % 4 === 0 ? `https://reader-${id % 5_000}.example/` : ''}</wp:comment_author_url><wp:comment_date_gmt>${moment(FIRST_DAY + id * MINUTE_MS)}</wp:comment_date_gmt>` +
    `<wp:comment_content>${cdata(text)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`
  );
}

/** The comments of one post: two of three answer one of the last few before them. */
function* discussion(from: number, count: number, words: number, random: () => number): Generator<string> {
  for (let number = 0; number < count; number++) {
    const parent = number === 0 || random() < 1 / 3 ? 0 : from + number - 1 - Math.floor(random() * Math.min(number, 5));
    yield comment(from + number, parent, words, random);
  }
}

function itemHead(index: number, words: number, random: () => number): string {
  const paragraphs = Array.from({ length: PARAGRAPHS }, () => `<p>${prose(words / PARAGRAPHS, random)}</p>`).join('\n\n');
  const tag = pick(TAGS, random);
  return (
    `<item><title>${cdata(prose(5, random))}</title><link>https://old.example/?p=${index + 1}</link><dc:creator>marlene</dc:creator><content:encoded>${cdata(paragraphs)}</content:encoded>` +
    `<wp:post_id>${index + 1}</wp:post_id><wp:post_date_gmt>${moment(FIRST_DAY + index * 60 * MINUTE_MS)}</wp:post_date_gmt><wp:post_name>old-post-${index + 1}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>` +
    `<category domain="post_tag" nicename="${tag}">${cdata(tag)}</category>`
  );
}

/** A WordPress export (WXR 1.2) of this size, in threads, a line after another. */
export function* exportLines({ posts, comments, postWords = POST_WORDS, commentWords = COMMENT_WORDS }: ExportSize): Generator<string> {
  const random = chance(11);
  const each = Math.ceil(comments / posts);
  yield* [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">',
    '<channel><title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>',
    '<wp:author><wp:author_id>1</wp:author_id><wp:author_login>marlene</wp:author_login><wp:author_email>marlene@old.example</wp:author_email><wp:author_display_name>Marlene</wp:author_display_name></wp:author>',
  ];
  for (let index = 0; index < posts; index++) {
    yield itemHead(index, postWords, random);
    yield* discussion(1 + index * each, each, commentWords, random);
    yield '</item>';
  }
  yield '</channel></rss>';
}

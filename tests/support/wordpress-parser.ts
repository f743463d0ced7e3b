import { SaxesParser } from 'saxes';

// What WordPress makes of an export: the rules of wordpress-importer's two parsers, of which one reads XML
// (class-wxr-parser-simplexml.php) and one looks for patterns line by line (class-wxr-parser-regex.php).

type Fields = Record<string, string>;
export type WordPressComment = Fields;
export type WordPressPost = Record<keyof typeof POST, string> & { terms: Fields[]; postmeta: Fields[]; comments: WordPressComment[] };
export type WordPressFile = { version: string; authors: Fields[]; categories: Fields[]; tags: Fields[]; posts: WordPressPost[] };

const POST = {
  post_title: 'title', guid: 'guid', post_author: 'dc:creator', post_content: 'content:encoded', post_excerpt: 'excerpt:encoded', post_id: 'wp:post_id', post_date: 'wp:post_date',
  post_date_gmt: 'wp:post_date_gmt', comment_status: 'wp:comment_status', ping_status: 'wp:ping_status', post_name: 'wp:post_name', status: 'wp:status', post_parent: 'wp:post_parent',
  menu_order: 'wp:menu_order', post_type: 'wp:post_type', post_password: 'wp:post_password', is_sticky: 'wp:is_sticky', attachment_url: 'wp:attachment_url',
};
const prefixed = (names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, `wp:${name}`]));
const COMMENT = prefixed(['comment_id', 'comment_author', 'comment_author_email', 'comment_author_IP', 'comment_author_url', 'comment_date', 'comment_date_gmt', 'comment_content', 'comment_approved', 'comment_type', 'comment_parent', 'comment_user_id']);
const AUTHOR = prefixed(['author_id', 'author_login', 'author_email', 'author_display_name', 'author_first_name', 'author_last_name']);
const CATEGORY = prefixed(['term_id', 'cat_name', 'category_nicename', 'category_parent', 'category_description']);
const TAG = prefixed(['term_id', 'tag_name', 'tag_slug', 'tag_description']);
const META: Record<string, string> = { key: 'wp:meta_key', value: 'wp:meta_value' };

type Node = { name: string; attributes: Record<string, string>; text: string; children: Node[] };

function treeOf(xml: string): Node {
  const root: Node = { name: '', attributes: {}, text: '', children: [] };
  const stack = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes, text: '', children: [] };
    stack.at(-1)!.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => void stack.pop());
  const add = (text: string) => void (stack.at(-1)!.text += text);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();
  return root;
}

const childrenOf = (node: Node, name: string) => node.children.filter((child) => child.name === name);
const mapped = <Names extends Record<string, string>>(names: Names, read: (name: string) => string) => Object.fromEntries(Object.entries(names).map(([key, name]) => [key, read(name)])) as Record<keyof Names, string>;
const fieldsOf = <Names extends Record<string, string>>(node: Node, names: Names) => mapped(names, (name) => childrenOf(node, name)[0]?.text ?? '');

/** As WordPress reads it where PHP has an XML parser. */
export function readByXml(xml: string): WordPressFile {
  const channel = childrenOf(childrenOf(treeOf(xml), 'rss')[0]!, 'channel')[0]!;
  return {
    version: childrenOf(channel, 'wp:wxr_version')[0]!.text.trim(),
    authors: childrenOf(channel, 'wp:author').map((node) => fieldsOf(node, AUTHOR)),
    categories: childrenOf(channel, 'wp:category').map((node) => fieldsOf(node, CATEGORY)),
    tags: childrenOf(channel, 'wp:tag').map((node) => fieldsOf(node, TAG)),
    posts: childrenOf(channel, 'item').map((item) => ({
      ...fieldsOf(item, POST),
      terms: childrenOf(item, 'category').map(({ text, attributes }) => ({ slug: attributes.nicename!, domain: attributes.domain!, name: text })),
      postmeta: childrenOf(item, 'wp:postmeta').map((node) => fieldsOf(node, META)),
      comments: childrenOf(item, 'wp:comment').map((node) => fieldsOf(node, COMMENT)),
    })),
  };
}

function tagOf(text: string, tag: string): string {
  const found = new RegExp(`<${tag}.*?>(.*?)</${tag}>`, 'is').exec(text)?.[1] ?? '';
  if (!found.startsWith('<![CDATA[')) return found;
  if (!found.includes(']]]]><![CDATA[>')) return found.replace(/^<!\[CDATA\[(.*)\]\]>$/s, '$1');
  return [...found.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map((match) => match[1]).join('');
}
const tagsOf = <Names extends Record<string, string>>(text: string, names: Names) => mapped(names, (name) => tagOf(text, name));
const all = (text: string, tag: string): string[] => [...text.matchAll(new RegExp(`<${tag}>(.+?)</${tag}>`, 'gis'))].map((match) => match[1]!);

function postByPatterns(text: string): WordPressPost {
  const terms = [...text.matchAll(/<category domain="([^"]+?)" nicename="([^"]+?)">(.+?)<\/category>/gis)];
  return {
    ...tagsOf(text, POST),
    terms: terms.map(([, domain = '', slug = '', name = '']) => ({ slug, domain, name: name.replaceAll('<![CDATA[', '').replaceAll(']]>', '') })),
    postmeta: all(text, 'wp:postmeta').map((meta) => tagsOf(meta, META)),
    comments: all(text, 'wp:comment').map((comment) => tagsOf(comment, COMMENT)),
  };
}

/** As WordPress reads it without an XML parser: by patterns, in lines, of which it loses the empty ones. */
export function readByPatterns(xml: string): WordPressFile {
  const file: WordPressFile = { version: '', authors: [], categories: [], tags: [], posts: [] };
  const handlers: Record<string, (text: string) => void> = {
    item: (text) => void file.posts.push(postByPatterns(text)),
    'wp:category': (text) => void file.categories.push(tagsOf(text, CATEGORY)),
    'wp:tag': (text) => void file.tags.push(tagsOf(text, TAG)),
  };
  let within = '';
  let content = '';
  for (const line of xml.split('\n')) {
    let rest = line.trimEnd();
    file.version ||= /<wp:wxr_version>(\d+\.\d+)<\/wp:wxr_version>/.exec(rest)?.[1] ?? '';
    if (rest.includes('<wp:author>')) {
      file.authors.push(tagsOf(/<wp:author>(.*?)<\/wp:author>/is.exec(rest)![1]!, AUTHOR));
      continue;
    }
    for (const [tag, handle] of Object.entries(handlers)) {
      const whole = new RegExp(`<${tag}>(.*?)</${tag}>`, 'is').exec(rest);
      const [opens, closes] = [rest.indexOf(`<${tag}>`), rest.indexOf(`</${tag}>`)];
      if (whole) handle(whole[1]!);
      else if (opens >= 0) {
        content = rest.slice(opens + tag.length + 2).trim();
        [rest, within] = ['', tag];
      } else if (closes >= 0) {
        handle(content + rest.slice(0, closes).trim());
        within = '';
      }
    }
    if (within && rest) content += `${rest}\n`;
  }
  return file;
}

import { SaxesParser } from 'saxes';

export type ReadFeed = { channel: Record<string, string>; items: (Record<string, string> & { categories: string })[] };

/** What a strict parser reads in an RSS document: the texts of the channel and of its items, by the names of their elements. */
export function readFeed(document: string): ReadFeed {
  const feed: ReadFeed = { channel: {}, items: [] };
  const path: string[] = [];
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    text = '';
    if (name === 'item') feed.items.push({ categories: '' });
    if (name === 'atom:link') feed.channel.self = attributes.href?.value ?? '';
  });
  parser.on('text', (more) => { text += more; });
  parser.on('closetag', ({ name }) => {
    path.pop();
    const item = path.at(-1) === 'item' ? feed.items.at(-1)! : null;
    if (item && name === 'category') item.categories += `${text};`;
    else if (item) item[name] = text;
    else if (path.at(-1) === 'channel') feed.channel[name] ??= text;
  });
  parser.write(document).close();
  return feed;
}

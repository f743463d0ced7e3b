// node --import tsx tests/support/crawl-old-addresses.ts EXPORT.xml http://127.0.0.1:3000
// Asks a running blog, into which the export was imported, for every address that the old one had. Exit code 1: some are wrong.
import { crawl, crawlTable } from './crawl';
import { oldAddressesOf } from './old-addresses';

const [file, base] = process.argv.slice(2);
if (!file || !base) throw new Error('Which export, and which blog? crawl-old-addresses.ts EXPORT.xml http://127.0.0.1:3000');
const crawled = await crawl((path) => fetch(base.replace(/\/$/, '') + path, { redirect: 'manual' }), oldAddressesOf(file));
process.stdout.write(`${crawlTable(crawled)}\n`);
process.exitCode = crawled.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;

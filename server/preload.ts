// Loaded before every program of the blog: the Prisma client, which their imports need, is made from schema.prisma; and
// what they say is said in English until they know the blog's language.
import { speak } from '../lib/words/languages';
import { ensureGenerated } from './build-client';
import { CannotStart } from './project';

speak('en');

try {
  await ensureGenerated();
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

// Loaded before every program of the blog: the Prisma client, which their imports need, is made from schema.prisma.
import { ensureGenerated } from './build-client';
import { CannotStart } from './project';

try {
  await ensureGenerated();
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

import { vi } from 'vitest';

const PATIENCE_MS = 20_000;
const { waitFor } = vi;

// A second, which vitest waits where nothing is said, is nothing on a busy machine.
vi.waitFor = (work, options) => waitFor(work, options ?? { timeout: PATIENCE_MS });

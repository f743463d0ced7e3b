import { writeSync } from 'node:fs';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

const STANDARD_OUTPUT = 1;

/**
 * Ends the run with the plain last line `N passed, N failed, N skipped` that contract.md promises.
 * A file, suite or hook that broke counts as a failure; with CI set, a skipped test fails the run.
 */
export default class LastLine implements Reporter {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  constructor() {
    // At exit, so that nothing (a summary, a teardown) can be written after it.
    process.once('exit', (code) => this.write(code));
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    this.passed = this.skipped = 0;
    this.failed = errors.length;
    for (const testModule of modules) this.count(testModule);
  }

  private count(testModule: TestModule): void {
    const broken = (part: TestModule | TestSuite) => (part.errors().length > 0 ? 1 : 0);
    this.failed += broken(testModule);
    for (const suite of testModule.children.allSuites()) this.failed += broken(suite);
    for (const test of testModule.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') this.passed += 1;
      else if (state === 'failed') this.failed += 1;
      else this.skipped += 1;
    }
  }

  private write(code: number): void {
    if (code !== 0 && this.failed === 0) this.failed = 1;
    if (this.failed > 0 || (process.env.CI && this.skipped > 0)) process.exitCode = 1;
    writeSync(STANDARD_OUTPUT, `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped\n`);
  }
}

/**
 * Lets the process outlive whoever reads what it prints (`npm start | head`, a log collector that ends): an output that
 * is gone is no error of ours. Without it the error of one line is reported by another line, without end.
 * To be called before anything is printed.
 */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

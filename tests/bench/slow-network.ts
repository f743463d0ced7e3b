import net from 'node:net';

/** A way to a server on which every answer arrives `delayMs` late. `close` ends it and all its connections. */
export type SlowNetwork = { url: string; close: () => Promise<void> };

/** Opens a slow way to `url`: bytes go there at once and come back, in order, after the delay. */
export async function slowNetwork(url: string, delayMs: number): Promise<SlowNetwork> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    near.pipe(far);
    far.on('data', (chunk: Buffer) => setTimeout(() => near.write(chunk), delayMs));
    far.on('end', () => setTimeout(() => near.end(), delayMs));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://localhost:${(server.address() as net.AddressInfo).port}`, close };
}

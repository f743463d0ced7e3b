import { createServer, type Server } from 'node:http';
import { CannotStart } from './project';

/** Listens on the port. Throws CannotStart, in the owner's words, where the port is taken or not allowed. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new CannotStart(`Port ${port} is in use by another program. Stop that one, or set PORT to another number.`));
      else reject(error.code === 'EACCES' ? new CannotStart(`Port ${port} is not allowed for this user. Set PORT to another number, such as 3000.`) : error);
    });
    server.listen(port, () => resolve());
  });
}

/** Whether the port is free, said at once and not after half a minute of building. Throws as `listen` does. */
export async function refusePortInUse(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net';

  /** What we use of it: a server that speaks S3, in this process. */
  export default class S3rver {
    constructor(options: { address: string; port: number; silent: boolean; directory: string; configureBuckets: { name: string }[] });
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}

import { AwsV4Signer } from 'aws4fetch';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '../log';
import { t } from '../words/t';
import { StoreFailed } from './media-store';

/** `prefix`: what every key begins with, empty or ending in a slash. `forcePathStyle`: the bucket stands in the path, not in the host's name. */
export type S3Settings = { endpoint: string; region: string; bucket: string; accessKeyId: string; secretAccessKey: string; prefix: string; forcePathStyle: boolean };

type Sent = { sha256: string; bytes: number; open: () => Readable };
type More = Partial<Sent> & { query?: Record<string, string>; headers?: Record<string, string> };

const TRIES = 3;
const REST_MS = 300;
/** For a connection on which nothing comes or goes. */
const IDLE_MS = 30_000;
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
export const away = () => t('media.storage.away');
const refused = () => t('media.storage.refuses');
const odd = () => t('media.storage.odd');

/** Asks a server that speaks S3, over connections that are kept. */
export class S3Requests {
  private readonly transport: typeof http | typeof https;
  private readonly agent: http.Agent;

  constructor(private readonly settings: S3Settings) {
    const isSecure = new URL(settings.endpoint).protocol === 'https:';
    this.transport = isSecure ? https : http;
    this.agent = new (isSecure ? https : http).Agent({ keepAlive: true, maxSockets: 32, timeout: IDLE_MS });
  }

  /**
   * Asks for a key, or with '' for the bucket itself; what is sent is opened anew for every try. Gives answers of success
   * and 404; their body is the caller's to read or to leave.
   * @throws StoreFailed for all others, after three tries where trying again makes sense
   */
  async ask(method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', key: string, more: More = {}): Promise<IncomingMessage> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.askOnce(method, key, more).catch((error: unknown) => {
        log.debug({ err: error, method }, 'The storage for files did not answer.');
        return null;
      });
      const status = answer?.statusCode ?? 0;
      if (answer && ((status >= 200 && status < 300) || status === 404)) return answer;
      answer?.resume();
      const isLater = status === 0 || status === 408 || status === 429 || status >= 500;
      if (!isLater) throw new StoreFailed(status === 401 || status === 403 ? refused() : odd(), { cause: new Error(`HTTP ${status}`) });
      if (tries >= TRIES) throw new StoreFailed(away(), { cause: new Error(`HTTP ${status}`) });
      await pause(REST_MS * 4 ** (tries - 1));
    }
  }

  private async askOnce(method: string, key: string, { query = {}, headers = {}, sha256 = EMPTY_SHA256, bytes, open }: More): Promise<IncomingMessage> {
    const { accessKeyId, secretAccessKey, region } = this.settings;
    const url = this.addressOf(key, query);
    const signer = new AwsV4Signer({ method, url: url.href, accessKeyId, secretAccessKey, region, service: 's3', headers: { ...headers, 'x-amz-content-sha256': sha256 } });
    const signed = await signer.sign();
    return new Promise((resolve, reject) => {
      const sending = { ...Object.fromEntries(signed.headers), ...headers, ...(bytes !== undefined && { 'content-length': String(bytes) }) };
      const request = this.transport.request(signed.url, { method, headers: sending, agent: this.agent, timeout: IDLE_MS });
      request.on('response', (answer) => {
        // Nothing comes any more: whoever reads it hears of it.
        answer.setTimeout(IDLE_MS, () => answer.destroy(new Error('Nothing came for long.')));
        resolve(answer);
      });
      request.on('timeout', () => request.destroy(new Error('Nothing came for long.')));
      request.on('error', reject);
      if (!open) return void request.end();
      pipeline(open(), request).catch(reject);
    });
  }

  private addressOf(key: string, query: Record<string, string>): URL {
    const { endpoint, bucket, forcePathStyle } = this.settings;
    const url = new URL(endpoint);
    const base = url.pathname.replace(/\/+$/, '');
    if (!forcePathStyle) url.host = `${bucket}.${url.host}`;
    const segments = [...(forcePathStyle ? [bucket] : []), ...(key === '' ? [] : key.split('/'))].map(encodeURIComponent);
    url.pathname = `${base}/${segments.join('/')}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

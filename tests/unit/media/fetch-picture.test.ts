import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type LookupFunction } from 'node:net';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchPicture } from '@/lib/media/fetch-picture';
import { PICTURE_MAX_BYTES, PICTURE_REDIRECTS_MAX, PICTURE_SIDE_PX } from '@/lib/media/schema';
import { TEST_TLS } from '@/tests/support/test-certificate';

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';
const pictureIn = (format: Format, width = 300, height = 200) => sharp({ create: { width, height, channels: 3, background: '#b4532a' } })[format]().toBuffer();

/** A PNG of one bit a pixel: kilobytes of file, as many pixels as you like. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

// node:zlib has one since Node 20.15 and 22.2 only.
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const answers = new Map<string, RequestListener>();
const asked: string[] = [];
let origin = '';
let secureOrigin = '';
let inside = '';
let insideConnections = 0;
const listener: RequestListener = (request, response) => {
  asked.push(request.url ?? '');
  const answer = answers.get(request.url ?? '');
  if (answer) answer(request, response);
  else response.writeHead(404).end();
};
const server = http.createServer(listener);
const secure = https.createServer(TEST_TLS, listener);
// What no redirect and no name may reach.
const insider = net.createServer((socket) => {
  insideConnections += 1;
  socket.destroy();
});

beforeAll(async () => {
  for (const one of [server, secure, insider]) {
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
  }
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  secureOrigin = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  inside = `127.0.0.1:${(insider.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answers.clear();
  asked.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  secure.closeAllConnections();
  secure.close();
  insider.close();
});

const say = (path: string, body: Buffer | string, type = 'image/png', more: Record<string, string> = {}) =>
  answers.set(path, (_, response) => void response.writeHead(200, { 'content-type': type, ...more }).end(body));
const lead = (path: string, location: string, status = 302) => answers.set(path, (_, response) => void response.writeHead(status, { location }).end());
const fetchFrom = (path: string) => fetchPicture(origin + path, origin);
const codeOf = async (result: ReturnType<typeof fetchPicture>) => {
  const found = await result;
  return found.ok ? 'ok' : found.code;
};
const resolvingTo = (...addresses: string[]): LookupFunction => (_, options, callback) => {
  const found = addresses.map((address) => ({ address, family: net.isIP(address) }));
  if (options.all) callback(null, found);
  else callback(null, found[0]!.address, found[0]!.family);
};

describe('what is a picture', () => {
  test.each<Format>(['jpeg', 'png', 'webp', 'gif', 'avif'])('%s becomes a small square WebP, named by its hash', async (format) => {
    say('/me', await pictureIn(format), `image/${format}`);
    const result = await fetchFrom('/me');
    if (!result.ok) throw new Error(result.message);
    const { format: made, width, height } = await sharp(result.value.bytes).metadata();
    expect([made, width, height]).toEqual(['webp', PICTURE_SIDE_PX, PICTURE_SIDE_PX]);
    expect(result.value.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(result.value.bytes.length).toBeLessThan(10_000);
  });

  test('it is turned as its camera was, and tells nothing else of it', async () => {
    const halves = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#0000ff' } })
      .composite([{ input: { create: { width: 100, height: 200, channels: 3, background: '#ff0000' } }, left: 0, top: 0 }])
      .jpeg({ quality: 100 }).withExif({ IFD0: { Copyright: 'Secret Street 1' } }).withMetadata({ orientation: 6 }).toBuffer();
    expect((await sharp(halves).metadata()).orientation).toBe(6);
    say('/me', halves, 'image/jpeg');
    const result = await fetchFrom('/me');
    if (!result.ok) throw new Error(result.message);
    const { bytes } = result.value;
    const metadata = await sharp(bytes).metadata();
    expect([metadata.orientation, metadata.exif, metadata.icc, metadata.xmp]).toEqual([undefined, undefined, undefined, undefined]);
    expect(bytes.includes('Secret Street')).toBe(false);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
    const [top, bottom] = [at(80, 20), at(80, 140)];
    expect([top[0]! > 200, top[2]! < 60, bottom[0]! < 60, bottom[2]! > 200]).toEqual([true, true, true, true]);
  });

  test('of one that moves the first picture is kept', async () => {
    const frames = Buffer.concat([Buffer.alloc(50 * 50 * 3, 255), Buffer.alloc(50 * 50 * 3, 0)]);
    const moving = await sharp(frames, { raw: { width: 50, height: 100, channels: 3, pageHeight: 50 } }).gif({ loop: 0, delay: [100, 100] }).toBuffer();
    expect((await sharp(moving, { animated: true }).metadata()).pages).toBe(2);
    say('/me', moving, 'image/gif');
    const result = await fetchFrom('/me');
    if (!result.ok) throw new Error(result.message);
    const { pages, height } = await sharp(result.value.bytes, { animated: true }).metadata();
    expect([pages ?? 1, height]).toEqual([1, PICTURE_SIDE_PX]);
    const { data } = await sharp(result.value.bytes).raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(240);
  });
});

describe('what is none', () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>';
  test.each<[string, () => Promise<Buffer | string> | Buffer | string, string]>([
    ['a page', () => '<!doctype html><p>Hello', 'text/html'],
    ['a picture that says it is a page', () => pictureIn('png'), 'text/html'],
    ['a page that says it is a picture', () => '<!doctype html><p>Hello', 'image/png'],
    ['an SVG', () => SVG, 'image/svg+xml'],
    ['an SVG that says it is a PNG', () => SVG, 'image/png'],
    ['a TIFF', () => sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } }).tiff().toBuffer(), 'image/tiff'],
    ['half a picture', async () => (await pictureIn('png', 900, 900)).subarray(0, 900), 'image/png'],
    ['nothing', () => '', 'image/png'],
    ['noise', () => Buffer.alloc(5_000, 7), 'image/jpeg'],
    ['a bomb of a hundred million pixels', () => bomb(10_000), 'image/png'],
    ['an AVIF of sixteen million pixels in 500 bytes', () => sharp({ create: { width: 4_096, height: 4_096, channels: 3, background: '#fff' } }).avif({ effort: 0 }).toBuffer(), 'image/avif'],
  ])('%s is refused', async (_what, body, type) => {
    say('/me', await body(), type);
    expect(await codeOf(fetchFrom('/me'))).toBe('invalid');
  });

  test('the bomb is a picture but for its size', async () => {
    expect(bomb(10_000).length).toBeLessThan(20_000);
    say('/me', bomb(1_000), 'image/png');
    expect(await codeOf(fetchFrom('/me'))).toBe('ok');
  });

  test.each([[204, 'not-found'], [301, 'not-found'], [304, 'not-found'], [400, 'not-found'], [403, 'not-found'], [404, 'not-found'], [410, 'not-found'], [429, 'unavailable'], [500, 'unavailable'], [503, 'unavailable']])('an answer %s is no picture, and %s', async (status, code) => {
    answers.set('/me', (_, response) => void response.writeHead(status, { 'content-type': 'image/png' }).end());
    expect(await codeOf(fetchFrom('/me'))).toBe(code);
  });
});

describe('how much and how long', () => {
  test('one that says it is too large is not read', async () => {
    answers.set('/me', (_, response) => void response.writeHead(200, { 'content-type': 'image/png', 'content-length': PICTURE_MAX_BYTES + 1 }).write('x'));
    expect(await codeOf(fetchFrom('/me'))).toBe('too-large');
  });

  test('one that never ends is left after five megabytes', async () => {
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      answers.set('/me', (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        const chunk = Buffer.alloc(64 * 1024);
        const more = () => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length;
          sent += chunk.length;
        };
        response.on('drain', more).on('close', resolve);
        more();
      });
    });
    expect(await codeOf(fetchFrom('/me'))).toBe('too-large');
    await closed;
    // What the sockets hold comes on top.
    expect(sent).toBeLessThan(PICTURE_MAX_BYTES + 16 * 1024 * 1024);
  });

  test('one that comes drop by drop is left after ten seconds', async () => {
    const png = await pictureIn('png');
    const timers: NodeJS.Timeout[] = [];
    answers.set('/me', (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      let at = 0;
      timers.push(setInterval(() => response.write(png.subarray(at, (at += 1))), 200));
    });
    const begun = performance.now();
    expect(await codeOf(fetchFrom('/me'))).toBe('unavailable');
    expect(performance.now() - begun).toBeLessThan(12_000);
    for (const timer of timers) clearInterval(timer);
  });

  test('a server that hangs up in the middle has no picture', async () => {
    answers.set('/me', (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 1_000 });
      response.write('x', () => response.destroy());
    });
    expect(await codeOf(fetchFrom('/me'))).toBe('unavailable');
  });
});

describe('what is asked', () => {
  test.each([
    'http://pictures.example/me.png',
    'ftp://pictures.example/me.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://pictures.example:8443/me.png',
    'https://somebody:secret@pictures.example/me.png',
    'https://127.0.0.1/me.png',
    'https://127.1/me.png',
    'https://2130706433/me.png',
    'https://0x7f.0.0.1/me.png',
    'https://8.8.8.8/me.png',
    'https://[::1]/me.png',
    'https://[::ffff:127.0.0.1]/me.png',
    'https://[fe80::1]/me.png',
    'not an address',
    '',
    `https://pictures.example/${'x'.repeat(2_000)}`,
  ])('%s is not, and its name is not looked up', async (source) => {
    let looked = 0;
    const resolve: LookupFunction = (_, __, callback) => {
      looked += 1;
      callback(new Error('No name is looked up.'), '');
    };
    expect(await codeOf(fetchPicture(source, null, resolve))).toBe('forbidden');
    expect(looked).toBe(0);
  });

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine, by another address', '127.9.9.9'],
    ['any address of this machine', '0.0.0.0'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.0.1'],
    ['a private network', '192.168.1.1'],
    ['a carrier’s network', '100.64.0.1'],
    ['the link, where clouds tell secrets', '169.254.169.254'],
    ['what Alibaba’s cloud tells', '100.100.100.200'],
    ['what Oracle’s cloud tells', '192.0.0.192'],
    ['what Azure’s cloud tells', '168.63.129.16'],
    ['an example', '192.0.2.1'],
    ['a benchmark', '198.18.0.1'],
    ['many at once', '224.0.0.1'],
    ['nobody', '240.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['this machine', '::1'],
    ['any address of this machine', '::'],
    ['this machine, mapped', '::ffff:127.0.0.1'],
    ['a public machine, mapped', '::ffff:8.8.8.8'],
    ['this machine, in the old way', '::7f00:1'],
    ['this machine, translated', '64:ff9b::7f00:1'],
    ['a private network, translated locally', '64:ff9b:1::a00:1'],
    ['this machine, by 6to4', '2002:7f00:1::'],
    ['this machine, by Teredo', '2001:0:7f00:1::'],
    ['the link', 'fe80::1'],
    ['the link, with its zone', 'fe80::1%lo'],
    ['the site', 'fec0::1'],
    ['a private network', 'fd00::1'],
    ['what Amazon’s cloud tells', 'fd00:ec2::254'],
    ['many at once', 'ff02::1'],
    ['an example', '2001:db8::1'],
    ['nobody', '100::1'],
    ['what is given to nobody', '4000::1'],
  ])('a name that leads to %s is not (%s)', async (_what, address) => {
    expect(await codeOf(fetchPicture('https://pictures.example/me.png', null, resolvingTo(address)))).toBe('forbidden');
    expect(await codeOf(fetchPicture('https://pictures.example/me.png', null, resolvingTo('93.184.216.34', address)))).toBe('forbidden');
  });

  test('a real name of this machine is not', async () => {
    expect(await codeOf(fetchPicture('https://localhost/me.png', null))).toBe('forbidden');
    expect(await codeOf(fetchPicture('https://LocalHost/me.png', null))).toBe('forbidden');
  });

  test('a name that nobody knows has no picture now', async () => {
    const unknown: LookupFunction = (_, __, callback) => callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '');
    expect(await codeOf(fetchPicture('https://pictures.example/me.png', null, unknown))).toBe('unavailable');
  });

  test('the trusted origin is, and no other port or name of it', async () => {
    say('/me', await pictureIn('png'));
    const { port } = new URL(origin);
    expect(await codeOf(fetchPicture(`${origin}/me`, origin))).toBe('ok');
    expect(await codeOf(fetchPicture(`${origin}/me`, null))).toBe('forbidden');
    expect(await codeOf(fetchPicture(`${origin}/me`, 'http://127.0.0.1'))).toBe('forbidden');
    expect(await codeOf(fetchPicture(`http://localhost:${port}/me`, origin))).toBe('forbidden');
    expect(await codeOf(fetchPicture(`http://${inside}/me`, origin))).toBe('forbidden');
    expect(insideConnections).toBe(0);
  });
});

describe('where it is led', () => {
  test.each([
    ['a machine inside, by http', () => `http://${inside}/`],
    ['a machine inside, by https', () => `https://${inside}/`],
    ['a name of this machine', () => `https://localhost:${inside.split(':')[1]}/`],
    ['a name of this machine at the usual port', () => 'https://localhost/'],
    ['the link', () => 'https://169.254.169.254/latest/meta-data/'],
    ['the link, written otherwise', () => 'https://[::ffff:a9fe:a9fe]/'],
    ['a public machine by http', () => 'http://pictures.example/me.png'],
    ['a file', () => 'file:///etc/passwd'],
    ['itself by http', () => `${origin}/other`],
  ])('not to %s', async (_what, location) => {
    say('/other', await pictureIn('png'));
    lead('/me', location());
    expect(await codeOf(fetchFrom('/me'))).toBe('forbidden');
    expect(insideConnections).toBe(0);
    expect(asked).toEqual(['/me']);
  });

  test('the name is looked up anew, and may not lead inside then', async () => {
    lead('/me', 'https://pictures.example/me.png');
    const names: string[] = [];
    const resolve: LookupFunction = (hostname, options, callback) => {
      names.push(hostname);
      resolvingTo('10.0.0.1')(hostname, options, callback);
    };
    expect(await codeOf(fetchPicture(`${origin}/me`, origin, resolve))).toBe('forbidden');
    expect(names).toEqual(['pictures.example']);
  });

  describe('at a trusted origin by https', () => {
    // Read at each connection. Nothing but these tests connects here, and to nothing but this machine.
    beforeEach(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'));
    afterEach(() => void vi.unstubAllEnvs());

    test('three times, and no more', async () => {
      say('/0', await pictureIn('png'));
      for (let left = 1; left <= PICTURE_REDIRECTS_MAX + 1; left++) lead(`/${left}`, `/${left - 1}`, [301, 302, 303, 307, 308][left]);
      expect(await codeOf(fetchPicture(`${secureOrigin}/${PICTURE_REDIRECTS_MAX}`, secureOrigin))).toBe('ok');
      expect(asked).toEqual(['/3', '/2', '/1', '/0']);
      asked.length = 0;
      expect(await codeOf(fetchPicture(`${secureOrigin}/${PICTURE_REDIRECTS_MAX + 1}`, secureOrigin))).toBe('not-found');
      expect(asked).toEqual(['/4', '/3', '/2', '/1']);
    });

    test('not by another name of the same machine', async () => {
      say('/other', await pictureIn('png'));
      lead('/me', `${secureOrigin.replace('127.0.0.1', 'localhost')}/other`);
      expect(await codeOf(fetchPicture(`${secureOrigin}/me`, secureOrigin))).toBe('forbidden');
      expect(asked).toEqual(['/me']);
    });

    test('not from one origin to another that is trusted', async () => {
      say('/other', await pictureIn('png'));
      lead('/me', `${secureOrigin}/other`);
      expect(await codeOf(fetchPicture(`${origin}/me`, secureOrigin))).toBe('forbidden');
      expect(asked).toEqual([]);
    });
  });

  test('whoever it is, a certificate must be right', async () => {
    say('/me', await pictureIn('png'));
    expect(await codeOf(fetchPicture(`${secureOrigin}/me`, secureOrigin))).toBe('unavailable');
    expect(asked).toEqual([]);
  });

  test('an address that cannot be read leads nowhere', async () => {
    lead('/me', 'https://[not');
    expect(await codeOf(fetchFrom('/me'))).toBe('not-found');
  });
});

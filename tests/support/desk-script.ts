import { readFileSync } from 'node:fs';
import { SAVE_PATH } from '../../lib/posts/editor-requests';
import type { PostAct, PostFields, Save, Saved } from '../../lib/posts/post-form';
import { uploadPath, type UploadedMedia } from '../../lib/media/schema';
import { newId } from '../../lib/ids';
import { NOTHING_SAVED, type Section, type SectionState } from '../../lib/site/settings-form';

/** What the desk's script is told: the status, and the JSON of the outcome where it is one. */
export type Told<T> = { status: number; said: T | null; text: string };

/** What a form sends, by name. */
export type Fields = [name: string, value: string][];

export const BLANK: PostFields = { title: '', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

/** A first save of a new post, as a window of its own sends it. */
export const newSave = (fields: Partial<PostFields>): Save => ({ id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, ...fields } });

/** The number by which the present build knows a server action of this folder of the desk. */
export function actionId(name: string, folder: string): string {
  const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as { node: Record<string, { exportedName: string; filename: string }> };
  const [id] = Object.entries(node).find(([, { exportedName, filename }]) => exportedName === name && filename === `app/(desk)/admin/${folder}/actions.ts`) ?? [];
  if (!id) throw new Error(`The build has no ${name} of ${folder}.`);
  return id;
}

/** Asks a blog what the script of its desk asks, without a browser and without its forms. What gets no answer rejects. */
export class DeskScript {
  private readonly headers: Record<string, string>;

  constructor(private readonly url: string, sessionToken: string) {
    this.headers = { cookie: `authjs.session-token=${sessionToken}`, origin: url };
  }

  save(save: object): Promise<Told<{ ok: boolean; value?: Saved; code?: string; message?: string }>> {
    return this.post(SAVE_PATH, { 'content-type': 'application/json' }, JSON.stringify(save));
  }

  /** Does with a post what a button of its editor does. */
  async act(id: string, seen: string, act: PostAct, tab: string | null = null): Promise<Told<{ ok: boolean; value?: Saved; code?: string }>> {
    const told = await this.post(`/admin/posts/${id}`, this.calling(actionId('actAction', 'posts/[id]'), 'text/plain;charset=UTF-8'), JSON.stringify([{ id, seen, act, tab }]));
    return { ...told, said: resultIn(told.text) };
  }

  /** Saves a section of the settings. `fields`: by name, in the order of the form. */
  saveSection(section: Section, seen: string, fields: Fields): Promise<Told<SectionState>> {
    return this.submit('/admin/settings', actionId('saveSectionAction', 'settings'), NOTHING_SAVED, [['section', section], ['seen', seen], ...fields]);
  }

  /** Sends a form of the desk to its action. `state`: as the form was shown. */
  async submit<S>(path: string, action: string, state: S, fields: Fields): Promise<Told<S>> {
    const call = new FormData();
    for (const [name, value] of fields) call.append(`_1_${name}`, value);
    call.set('0', JSON.stringify([state, '$K1']));
    const told = await this.post(path, this.calling(action), call);
    return { ...told, said: resultIn(told.text) };
  }

  upload(name: string, bytes: Buffer): Promise<Told<UploadedMedia>> {
    return this.post(uploadPath(name), { 'content-type': 'application/octet-stream' }, new Uint8Array(bytes));
  }

  async read(path: string): Promise<string> {
    return (await fetch(this.url + path, { headers: { cookie: this.headers.cookie ?? '' } })).text();
  }

  private calling(action: string, type?: string): Record<string, string> {
    return { 'next-action': action, accept: 'text/x-component', ...(type && { 'content-type': type }) };
  }

  private async post<T>(path: string, headers: Record<string, string>, body: RequestInit['body']): Promise<Told<T>> {
    const answer = await fetch(this.url + path, { method: 'POST', headers: { ...this.headers, ...headers }, body: body ?? null, redirect: 'manual' });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: answer.status, said: isJson ? (JSON.parse(text) as T) : null, text };
  }
}

/** What an action gave back: of React's rows that which the first names; null where it threw. Long texts stand in rows of their own, and are left out. */
function resultIn<T>(text: string): T | null {
  const [rows, bytes] = [new Map<string, string>(), Buffer.from(text)];
  for (let from = 0; from < bytes.length;) {
    const [head = '', name = '', length] = /^([\da-f]*):(?:T([\da-f]+),)?/.exec(bytes.subarray(from, from + 40).toString('latin1')) ?? [];
    const begin = from + head.length;
    const end = length === undefined ? bytes.indexOf('\n', begin) : begin + parseInt(length, 16);
    if (head === '' || end < begin) break;
    if (length === undefined) rows.set(name, bytes.subarray(begin, end).toString('utf8'));
    from = length === undefined ? end + 1 : end;
  }
  const [, at] = /"a":"\$@([\da-f]+)"/.exec(rows.get('0') ?? '') ?? [];
  const found = at === undefined ? undefined : rows.get(at);
  return found?.startsWith('{') ? (JSON.parse(found) as T) : null;
}

import { NodeViewWrapper, type NodeViewProps } from '@tiptap/react';
import { Code, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/words/t';
import { allowOnly, inertBody } from './allow';
import { HtmlDialog } from './html-dialog';
import { toBlocks } from './load';

const NAMES = [
  [/^<figure[^>]*>\s*<figure[^>]*class="[^"]*\bvideo\b|^<figure[^>]*class="[^"]*\bvideo\b/, 'video'], [/^<(?:figure|div)[^>]*class="[^"]*\bgallery\b/, 'gallery'], [/^<figure[^>]*class="[^"]*\bremote-picture\b/, 'remotePicture'],
  [/^<figure[^>]*class="[^"]*\baudio\b/, 'recording'], [/^<figure[^>]*class="[^"]*\bfilm\b/, 'film'], [/^<(?:figure[^>]*>\s*<)?table/, 'table'], [/^<[^>]*class="[^"]*\bfootnotes\b/, 'footnotes'],
  [/^<details/, 'foldOut'], [/^<dl/, 'terms'],
] as const;

const nameOf = (html: string): string => t(`editor.block.${NAMES.find(([pattern]) => pattern.test(html))?.[1] ?? 'other'}`);

/** The block as readers see it, but nothing in it leads anywhere, plays or takes the focus. */
function shownHere(html: string): Node[] {
  const body = inertBody(html);
  allowOnly(body);
  for (const link of body.querySelectorAll('a[href]')) link.removeAttribute('href');
  for (const node of body.querySelectorAll('audio, video')) {
    node.removeAttribute('controls');
    node.setAttribute('tabindex', '-1');
  }
  for (const node of body.querySelectorAll('[id]')) node.removeAttribute('id');
  for (const fold of body.querySelectorAll('details')) fold.setAttribute('open', '');
  for (const summary of body.querySelectorAll('summary')) summary.setAttribute('tabindex', '-1');
  return [...body.childNodes];
}

/** A block that the editor does not edit: shown and saved as it is. */
export function KeptView({ node, editor, selected, deleteNode, getPos, clean }: NodeViewProps & { clean: (html: string) => Promise<string> }) {
  const shown = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const html = String(node.attrs.html);
  const name = nameOf(html);
  useEffect(() => {
    const nodes = shownHere(html);
    shown.current?.replaceChildren(...nodes.map((one) => document.importNode(one, true)));
  }, [html]);
  const save = async (written: string) => {
    const blocks = toBlocks(await clean(written), editor.schema);
    setOpen(false);
    const at = getPos();
    if (at === undefined || editor.isDestroyed) return;
    const { tr } = editor.state;
    editor.view.dispatch(blocks.length > 0 ? tr.replaceWith(at, at + node.nodeSize, blocks) : tr.delete(at, at + node.nodeSize));
  };
  return (
    <NodeViewWrapper className={`kept-block ${selected ? 'kept-block--selected' : ''}`} data-drag-handle>
      <div contentEditable={false} className="kept-head">
        <span className="kept-name">{name}</span>
        <button type="button" onClick={() => setOpen(true)}><Code aria-hidden size={16} /> {t('editor.kept.edit')}</button>
        <button type="button" onClick={deleteNode}><Trash2 aria-hidden size={16} /> {t('editor.kept.remove')}</button>
      </div>
      <div contentEditable={false} ref={shown} className="kept-shown" />
      {isOpen && <HtmlDialog html={html} close={() => setOpen(false)} save={save} />}
    </NodeViewWrapper>
  );
}

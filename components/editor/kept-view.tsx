import { NodeViewWrapper, type NodeViewProps } from '@tiptap/react';
import { Code, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { allowOnly, inertBody } from './allow';
import { HtmlDialog } from './html-dialog';
import { toBlocks } from './load';

const NAMES: [RegExp, string][] = [
  [/^<figure[^>]*>\s*<figure[^>]*class="[^"]*\bvideo\b|^<figure[^>]*class="[^"]*\bvideo\b/, 'Video'], [/^<(?:figure|div)[^>]*class="[^"]*\bgallery\b/, 'Gallery'], [/^<figure[^>]*class="[^"]*\bremote-picture\b/, 'Picture of another site'],
  [/^<figure[^>]*class="[^"]*\baudio\b/, 'Recording'], [/^<figure[^>]*class="[^"]*\bfilm\b/, 'Film'], [/^<(?:figure[^>]*>\s*<)?table/, 'Table'], [/^<[^>]*class="[^"]*\bfootnotes\b/, 'Footnotes'],
  [/^<details/, 'Fold-out'], [/^<dl/, 'List of terms'],
];

const nameOf = (html: string): string => NAMES.find(([pattern]) => pattern.test(html))?.[1] ?? 'A block kept as it is';

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
        <button type="button" onClick={() => setOpen(true)}><Code aria-hidden size={16} /> Edit as HTML</button>
        <button type="button" onClick={deleteNode}><Trash2 aria-hidden size={16} /> Remove this block</button>
      </div>
      <div contentEditable={false} ref={shown} className="kept-shown" />
      {isOpen && <HtmlDialog html={html} close={() => setOpen(false)} save={save} />}
    </NodeViewWrapper>
  );
}

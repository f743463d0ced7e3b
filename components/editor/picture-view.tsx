import { NodeViewContent, NodeViewWrapper, type NodeViewProps } from '@tiptap/react';
import { AlignCenter, AlignLeft, AlignRight, Link2, Maximize2, RotateCw, Trash2 } from 'lucide-react';
import { useEffect, useId, useState, useSyncExternalStore } from 'react';
import { t } from '@/lib/words/t';
import { fileHtml, shownPicture } from './insert';
import { toBlocks } from './load';
import type { OnItsWay, Uploads } from './uploads';

const PLACES = [
  { name: 'inColumn', value: null, Icon: AlignCenter },
  { name: 'wide', value: 'alignwide', Icon: Maximize2 },
  { name: 'left', value: 'alignleft', Icon: AlignLeft },
  { name: 'right', value: 'alignright', Icon: AlignRight },
] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const classesOf = (value: unknown): string[] => text(value).split(/\s+/).filter(Boolean);
const placeOf = (value: unknown): string | null => classesOf(value).find((name) => /^align(?:wide|full|left|right)$/.test(name)) ?? null;
const placedAt = (value: unknown, place: string | null): string | null =>
  [...classesOf(value).filter((name) => !/^align(?:wide|full|left|right|center|none)$/.test(name)), ...(place ? [place] : [])].join(' ') || null;

/** The picture as it comes: what the document said meanwhile gives way to the kept file, without a step to undo. */
function useArrival({ node, editor, getPos }: NodeViewProps, coming: OnItsWay | null): void {
  const media = coming?.media ?? null;
  const alt = text(node.attrs.alt);
  useEffect(() => {
    const at = getPos();
    if (!media || at === undefined || !node.attrs.pending) return;
    const tr = editor.state.tr.setMeta('addToHistory', false);
    if (media.kind === 'image') tr.setNodeMarkup(at, null, { ...node.attrs, ...shownPicture(media), alt: alt || media.alt });
    else tr.replaceWith(at, at + node.nodeSize, toBlocks(fileHtml(media), editor.schema));
    editor.view.dispatch(tr);
  }, [media, alt, editor, getPos, node]);
}

const useComing = (uploads: Uploads, id: string): OnItsWay | null =>
  useSyncExternalStore(uploads.subscribe, () => uploads.get(id), () => null);

/** A picture of the post, with its words: what it shows, for those who do not see it, and what stands below it. */
export function PictureView({ uploads, ...props }: NodeViewProps & { uploads: Uploads }) {
  const { node, editor, selected, updateAttributes, deleteNode, getPos } = props;
  const coming = useComing(uploads, text(node.attrs.pending));
  useArrival(props, coming);
  const { class: className, src, alt, width, height } = node.attrs;
  const shown = text(src) || (coming?.preview ?? '');
  const isHere = Boolean(src);
  const focus = () => {
    const at = getPos();
    if (at !== undefined) editor.commands.setNodeSelection(at);
  };
  return (
    <NodeViewWrapper as="figure" className={`picture-block ${text(className)} ${selected ? 'picture-block--selected' : ''}`} data-drag-handle>
      <div contentEditable={false} className="picture-shown" onClick={focus}>
        {shown ? <img src={shown} alt={text(alt)} width={Number(width) || undefined} height={Number(height) || undefined} /> : <span className="picture-nothing" />}
        {!isHere && <Coming coming={coming} address={text(node.attrs.from)} again={() => uploads.tryAgain(text(node.attrs.pending))} remove={deleteNode} />}
        {node.attrs.href && <span className="picture-link-mark"><Link2 aria-hidden size={16} /> {text(node.attrs.href)}</span>}
      </div>
      <NodeViewContent<'figcaption'> as="figcaption" className={node.childCount === 0 ? 'picture-caption picture-caption--empty' : 'picture-caption'} data-placeholder={t('editor.picture.caption')} />
      <div contentEditable={false} className="picture-acts">
        <AltField alt={text(alt)} change={(words) => updateAttributes({ alt: words })} />
        <div role="group" aria-label={t('editor.picture.place')} className="picture-places">
          {PLACES.map(({ name, value, Icon }) => (
            <button key={name} type="button" aria-label={t(`editor.picture.${name}`)} title={t(`editor.picture.${name}`)} aria-pressed={placeOf(className) === value} onClick={() => updateAttributes({ class: placedAt(className, value) })}>
              <Icon aria-hidden size={18} />
            </button>
          ))}
        </div>
        <button type="button" className="picture-remove" aria-label={t('editor.picture.remove')} title={t('editor.picture.remove')} onClick={deleteNode}><Trash2 aria-hidden size={18} /></button>
      </div>
    </NodeViewWrapper>
  );
}

/** Typed here first: the document changes when the field is left, so that the cursor never jumps. */
function AltField({ alt, change }: { alt: string; change: (words: string) => void }) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="picture-alt">
      <label htmlFor={id}>{t('editor.picture.alt')}</label>
      <input
        id={id} value={typed ?? alt} maxLength={1_000} placeholder={t('editor.picture.altExample')}
        onChange={({ target }) => {
          setTyped(target.value);
          change(target.value);
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => event.stopPropagation()}
      />
    </div>
  );
}

type ComingProps = { coming: OnItsWay | null; address: string; again: () => void; remove: () => void };

function Coming({ coming, address, again, remove }: ComingProps) {
  if (coming?.refusal === null) {
    const { name } = coming;
    const part = Math.round(coming.part * 100);
    return (
      <p className="picture-coming">
        <span>{address ? t('editor.picture.fetchingLine') : t('editor.picture.sendingLine', { name, part })}</span>
        <progress value={address ? undefined : part} max={100} aria-label={address ? t('editor.picture.fetching') : t('editor.picture.sending', { name })} />
      </p>
    );
  }
  return (
    <div className="picture-coming picture-coming--lost" role="alert">
      <p>{coming?.refusal ?? t('editor.picture.notArrived')}{address && ` ${t('editor.picture.linkMeanwhile')}`}</p>
      <div className="picture-choices">
        {coming && <button type="button" className="button button--quiet" onClick={again}><RotateCw aria-hidden size={16} /> {t('editor.picture.tryAgain')}</button>}
        <button type="button" className="button button--quiet" onClick={remove}>{t('editor.picture.removeLost')}</button>
      </div>
    </div>
  );
}

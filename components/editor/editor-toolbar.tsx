import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { Image as ImageIcon, Link as LinkIcon, type LucideIcon, Video } from 'lucide-react';
import type { RefObject } from 'react';
import { t } from '@/lib/words/t';
import { BLOCKS, LISTS, STEPS, WORDS, type ToolbarButton } from './toolbar-buttons';

const GROUPS = [STEPS, BLOCKS, WORDS, LISTS];

type Props = {
  editor: Editor | null;
  place: RefObject<HTMLDivElement | null>;
  isHtml: boolean;
  isBusy: boolean;
  link: () => void;
  picture: () => void;
  video: () => void;
  /** To the other view: as readers see it, or as HTML. */
  turn: () => void;
};

type State = Record<string, { isOn: boolean; can: boolean }>;

function stateOf(editor: Editor | null): State {
  if (!editor) return {};
  return Object.fromEntries(GROUPS.flat().map((button) => [button.name, { isOn: button.isOn?.(editor) ?? false, can: button.can?.(editor) ?? true }]));
}

/** What the editor can do, as buttons: one stop of the Tab key, arrows inside. */
export function EditorToolbar({ editor, place, isHtml, isBusy, link, picture, video, turn }: Props) {
  const state = useEditorState({ editor, selector: ({ editor: here }) => ({ buttons: stateOf(here), isLink: here?.isActive('link') ?? false }) });
  const off = isHtml || !editor;
  const shown = (button: ToolbarButton) => {
    const { isOn = false, can = true } = state?.buttons[button.name] ?? {};
    return <Act key={button.name} name={t(`editor.tools.${button.name}`)} Icon={button.Icon} {...(button.keys && { keys: button.keys })} disabled={off || !can} pressed={button.isOn ? isOn : undefined} run={() => { if (editor) button.run(editor); }} />;
  };
  return (
    <Toolbar.Root
      ref={place} className="editor-toolbar" aria-label={t('editor.tools.label')}
      onKeyDown={(event) => { if (event.key === 'Escape' && editor && !off) editor.commands.focus(); }}
    >
      {GROUPS.slice(0, 3).map((group, i) => <Toolbar.Group key={i} className="editor-tools">{group.map(shown)}</Toolbar.Group>)}
      <Toolbar.Group className="editor-tools">
        <Act name={t('editor.tools.link')} keys="Ctrl+K" Icon={LinkIcon} disabled={off} pressed={state?.isLink ?? false} run={link} />
        <Act name={t('editor.tools.picture')} Icon={ImageIcon} disabled={off} run={picture} />
        <Act name={t('editor.tools.video')} Icon={Video} disabled={off} run={video} />
      </Toolbar.Group>
      <Toolbar.Group className="editor-tools">{LISTS.map(shown)}</Toolbar.Group>
      <Toolbar.Button type="button" className="editor-tool editor-turn" disabled={isBusy} onClick={turn}>{isHtml ? t('editor.tools.visual') : t('editor.tools.html')}</Toolbar.Button>
    </Toolbar.Root>
  );
}

type ActProps = { name: string; keys?: string; Icon: LucideIcon; disabled: boolean; pressed?: boolean | undefined; run: () => void };

function Act({ name, keys, Icon, disabled, pressed, run }: ActProps) {
  return (
    <Toolbar.Button
      type="button" className="editor-tool" aria-label={name} title={keys ? `${name} (${keys})` : name} aria-keyshortcuts={keys?.replace('Ctrl', 'Control')} aria-pressed={pressed} disabled={disabled}
      // The cursor stays in the text, and a phone's keyboard open.
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      <Icon aria-hidden size={19} />
    </Toolbar.Button>
  );
}

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { EditorView } from '@/lib/posts/editor';
import { editorPath } from '@/lib/posts/editor-requests';
import type { KeptCopy } from '@/lib/posts/editor-wire';
import type { PostAct, PostFields, Saved } from '@/lib/posts/post-form';
import { fail, type Failure, type Result } from '@/lib/result';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import type { EditorActions } from './editor-actions';
import { choiceOf, whatHappened, type Choice, type Missing } from './editor-words';
import { dropCopies, keepCopy } from './kept-copies';
import { sendSave } from './save-request';
import { Saver } from './saver';
import { useSaver } from './use-saver';

export type EditorProps = {
  /** The post as the blog has it; of a new one what it begins with. Read once: from then on what is typed counts. */
  view: EditorView;
  person: { id: string };
  /** Names this window. */
  tab: string;
  site: SiteLocale;
  actions: EditorActions;
};

const noAnswer = (): Failure => fail('unavailable', t('editor.failed.noAnswer'));

/** What an act has come to: a sentence, and where readers see it. */
export type Said = { words: string; path: string | null; isAlert: boolean };

function newSaver({ view, person, tab }: EditorProps, collect: () => void): Saver {
  return new Saver(view.kind, view, {
    send: (text) => sendSave({ ...text, tab, as: person.id }),
    keep: ({ id, kind, fields, seen }) => keepCopy(person.id, { post: id, kind, fields, seen, at: new Date().toISOString(), tab }),
    forget: (id) => dropCopies(person.id, [{ post: id, tab }]),
    collect,
  });
}

/** After the first save the address is the post's own. Past Next's router, which would put another page in the place of this one. */
function showAddress(id: string): void {
  if (location.pathname !== editorPath(id)) History.prototype.replaceState.call(history, history.state, '', editorPath(id));
}

/** The editor of the text, as far as the page around it needs it. */
export type TextEditor = { setHtml: (html: string) => void; getHtml: () => string; countComing: () => number };

const standing = ({ state, password, wallClock }: Saved): string => JSON.stringify([state, password, wallClock]);

/** What is edited, how the blog has it, and what can be done with it. */
export function useEditor(props: EditorProps, text: RefObject<TextEditor | null>) {
  const { person, site, actions } = props;
  const { saver, shown } = useSaver(() => newSaver(props, () => void text.current?.getHtml()));
  const { saved } = shown;
  // Only what the author has chosen here, and while the post stands as it did: else one that is changed elsewhere would be made again what it was.
  const [chosen, setChosen] = useState<{ part: Partial<Choice>; of: string }>({ part: {}, of: '' });
  const chosenNow = chosen.of === standing(saved) ? chosen.part : {};
  const choice = { ...choiceOf(saved), ...chosenNow };
  const [said, setSaid] = useState<Said | null>(null);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isThere = saved.seen !== '';
  useEffect(() => {
    if (isThere) showAddress(shown.id);
  }, [isThere, shown.id]);

  const change = useCallback((part: Partial<PostFields>) => {
    setSaid(null);
    saver.type(part);
  }, [saver]);
  const run = async <T,>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    setBusy(true);
    setSaid(null);
    setMissing(null);
    const done = await work().catch(noAnswer);
    setBusy(false);
    // A conflict has its own notice.
    if (!done.ok && done.code !== 'conflict') setSaid({ words: done.message, path: null, isAlert: true });
    return done;
  };
  const act = async (what: PostAct): Promise<void> => {
    const done = await run(() => saver.act((seen) => actions.act({ id: saver.shown.id, seen, tab: props.tab, act: what })));
    if (!done.ok) return setMissing(missingIn(done));
    // Whom it was for, it is for when it comes out again.
    setChosen({ part: what.to === 'draft' && choice.audience !== 'published' ? { audience: choice.audience, password: choice.password } : {}, of: standing(done.value) });
    setSaid({ words: whatHappened(what, done.value, site), path: done.value.path, isAlert: false });
  };
  const show = (fields: PostFields) => text.current?.setHtml(fields.html);
  const takeOver = (now: { fields: PostFields; saved: Saved }) => {
    saver.takeOver(now);
    setChosen({ part: {}, of: '' });
    show(now.fields);
  };
  const takenUp = useTakenUp(person.id, saver);
  return {
    saver, shown, choice, said, missing, isBusy, isThere, change, act, run, takeOver,
    choose: (part: Partial<Choice>) => {
      setMissing(null);
      setChosen({ part: { ...chosenNow, ...part }, of: standing(saved) });
    },
    say: setSaid,
    miss: setMissing,
    /** Puts a kept copy into the editor, as if it were typed now; it is thrown away once the blog has it. */
    takeUp: (copy: KeptCopy) => {
      if (copy.seen === '' && !isThere) saver.become(copy.post);
      takenUp.add(copy);
      change(copy.fields);
      show(copy.fields);
    },
  };
}

/** The field that the blog found wanting. */
function missingIn({ fields }: Failure): Missing | null {
  const field = (['password', 'at'] as const).find((name) => fields?.[name]);
  return field ? { field, message: fields?.[field] ?? '' } : null;
}

/** Copies that were taken up go when the blog has what they hold. */
function useTakenUp(person: string, saver: Saver): { add: (copy: KeptCopy) => void } {
  const copies = useRef<KeptCopy[]>([]);
  useEffect(() => saver.subscribe(() => {
    const { typed, saved } = saver.shown.saving;
    if (typed > saved || copies.current.length === 0) return;
    const held = copies.current.splice(0);
    void dropCopies(person, held).catch(() => undefined);
  }), [person, saver]);
  return { add: (copy) => void copies.current.push(copy) };
}

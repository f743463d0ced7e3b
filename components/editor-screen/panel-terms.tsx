'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TERM_MAX_CHARACTERS, TERMS_MAX, type PostFields } from '@/lib/posts/post-form';
import { t } from '@/lib/words/t';
import { Written } from './written';

type Props = {
  fields: Pick<PostFields, 'categories' | 'tags'>;
  /** The names that the blog has. */
  known: { categories: readonly string[]; tags: readonly string[] };
  onChange: (change: Partial<PostFields>) => void;
};

const SUGGESTED_MAX = 20;
const isAlike = (one: string, other: string): boolean => one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0;
const has = (names: readonly string[], name: string): boolean => names.some((one) => isAlike(one, name));

/** Names with new ones after them, each once, written as the blog writes it. */
const withNames = (chosen: readonly string[], added: string[], known: readonly string[]): string[] =>
  added.reduce<string[]>((names, name) => (has(names, name) || names.length >= TERMS_MAX ? names : [...names, known.find((one) => isAlike(one, name)) ?? name]), [...chosen]);

/** The categories and tags of a post; new ones are made with it. */
export function PanelTerms({ fields, known, onChange }: Props) {
  return (
    <>
      <Categories chosen={fields.categories} known={known.categories} onChange={(categories) => onChange({ categories })} />
      <Tags chosen={fields.tags} known={known.tags} onChange={(tags) => onChange({ tags })} />
    </>
  );
}

type NamesProps = { chosen: readonly string[]; known: readonly string[]; onChange: (names: string[]) => void };

function Categories({ chosen, known, onChange }: NamesProps) {
  const all = [...known, ...chosen.filter((name) => !has(known, name))];
  const toggle = (name: string) => onChange(has(chosen, name) ? chosen.filter((one) => !isAlike(one, name)) : [...chosen, name]);
  return (
    <fieldset className="panel-choices">
      <legend>{t('editor.terms.categories')}</legend>
      {all.length > 0 && (
        <div className="panel-checks">
          {all.map((name) => (
            <label className="check" key={name}>
              <input type="checkbox" checked={has(chosen, name)} onChange={() => toggle(name)} />
              <span>{name}</span>
            </label>
          ))}
        </div>
      )}
      <NewName id="new-category" label={t('editor.terms.newCategory')} adds={t('editor.terms.addCategory')} isFull={chosen.length >= TERMS_MAX} onAdd={(names) => onChange(withNames(chosen, names, known))} />
    </fieldset>
  );
}

function Tags({ chosen, known, onChange }: NamesProps) {
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const add = (names: string[]) => {
    onChange(withNames(chosen, names, known));
    setSaid(t('editor.terms.added', { names: names.join(', ') }));
  };
  const remove = (name: string) => {
    onChange(chosen.filter((one) => one !== name));
    setSaid(t('editor.terms.removed', { name }));
    // What had focus is gone with it.
    list.current?.closest('fieldset')?.querySelector('input')?.focus();
  };
  return (
    <fieldset className="panel-choices">
      <legend>{t('editor.terms.tags')}</legend>
      <ul className="tag-tokens" ref={list}>
        {chosen.map((name) => (
          <li key={name} className="chip">{name} <button type="button" aria-label={t('editor.terms.removeTag', { name })} onClick={() => remove(name)}>×</button></li>
        ))}
      </ul>
      <NewName id="new-tag" label={t('editor.terms.newTag')} adds={t('editor.terms.addTag')} hint={t('editor.terms.tagHint')} isFull={chosen.length >= TERMS_MAX} suggested={known.filter((name) => !has(chosen, name))} onAdd={add} />
      <p className="sr-only" aria-live="polite">{said}</p>
    </fieldset>
  );
}

type NewNameProps = { id: string; label: string; /** The whole name of its button. */ adds: string; hint?: string; isFull: boolean; suggested?: readonly string[]; onAdd: (names: string[]) => void };

/** A field whose words become a name of a list, by Enter, a comma or its button. */
function NewName({ id, label, adds, hint, isFull, suggested, onAdd }: NewNameProps) {
  const [typed, setTyped] = useState('');
  const take = (text: string) => {
    const names = text.split(',').map((name) => name.trim()).filter(Boolean);
    if (names.length > 0) onAdd(names);
    setTyped('');
  };
  const matching = suggested && typed.trim() !== '' ? suggested.filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase())).slice(0, SUGGESTED_MAX) : (suggested ?? []).slice(0, SUGGESTED_MAX);
  return (
    <div className="new-name">
      <Written id={id} label={label} hint={isFull ? t('editor.terms.atMost', { count: TERMS_MAX }) : (hint ?? '')}>
        {(tied) => (
          <input
            {...tied} type="text" autoComplete="off" list={suggested && `${id}-list`} maxLength={TERM_MAX_CHARACTERS} disabled={isFull} value={typed}
            onChange={({ target }) => (target.value.includes(',') ? take(target.value) : setTyped(target.value))}
            // What is typed and left counts: the next click may be on Publish.
            onBlur={() => take(typed)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              take(typed);
            }}
          />
        )}
      </Written>
      <Button quiet type="button" disabled={isFull || typed.trim() === ''} aria-label={adds} onClick={() => take(typed)}>{t('editor.terms.add')}</Button>
      {suggested && <datalist id={`${id}-list`}>{matching.map((name) => <option key={name} value={name} />)}</datalist>}
    </div>
  );
}

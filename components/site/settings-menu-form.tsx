'use client';

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { MenuPage } from '@/lib/posts/menu';
import type { SettingsView } from '@/lib/site/settings-form';
import { LABEL_MAX_CHARACTERS, MENU_MAX_LINKS, rowsEntered, rowsOf, type MenuRow } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { SectionForm, type SaveSection, type Said } from './section-form';

type Props = { settings: SettingsView; pages: MenuPage[]; action: SaveSection };

/** The links of the header. */
export function MenuSection({ settings, pages, action }: Props) {
  return (
    <SectionForm section="menu" title={t('site.section.menu')} words={t('site.menu.words')} seen={settings.seen.menu} action={action}>
      {(said) => <MenuFields settings={settings} pages={pages} said={said} />}
    </SectionForm>
  );
}

const EMPTY: MenuRow = { label: '', page: '', to: '' };
type Keyed = MenuRow & { key: number };

function MenuFields({ settings, pages, said: { fields, entered } }: Omit<Props, 'action'> & { said: Said }) {
  const [isOwn, setIsOwn] = useState(entered ? entered.own === 'own' : settings.menu !== null);
  return (
    <>
      <fieldset className="menu-kind">
        <legend className="sr-only">{t('site.menu.which')}</legend>
        <label className="check"><input type="radio" name="own" value="pages" checked={!isOwn} onChange={() => setIsOwn(false)} /><span>{t('site.menu.pages')}</span></label>
        <label className="check"><input type="radio" name="own" value="own" checked={isOwn} onChange={() => setIsOwn(true)} /><span>{t('site.menu.own')}</span></label>
      </fieldset>
      {isOwn && <MenuRows first={entered ? rowsEntered(entered.rows ?? '') : rowsOf(settings.menu ?? [])} pages={pages} fields={fields} />}
      {fields.menu && <p className="field-error">{fields.menu}</p>}
    </>
  );
}

/** The rows, to be added, taken away and moved; what was moved or came keeps the focus. */
function MenuRows({ first, pages, fields }: { first: MenuRow[]; pages: MenuPage[]; fields: Record<string, string> }) {
  const [rows, setRows] = useState<Keyed[]>(() => first.map((row, key) => ({ ...row, key })));
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const name = wanted.current;
    wanted.current = null;
    if (name !== null) list.current?.parentElement?.querySelector<HTMLElement>(`[data-focus="${name}"]`)?.focus();
  }, [rows]);
  const change = (at: number, part: Partial<MenuRow>) => setRows(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    wanted.current = `page-${key}`;
    setRows([...rows, { ...EMPTY, page: pages[0]?.id ?? '', key }]);
  };
  const remove = (at: number) => {
    const next = rows[at + 1] ?? rows[at - 1];
    wanted.current = next ? `remove-${next.key}` : 'add';
    setSaid(t('site.menu.takenAway', { number: at + 1 }));
    setRows(rows.filter((_, index) => index !== at));
  };
  const move = (at: number, by: 1 | -1) => {
    const row = rows[at];
    if (!row) return;
    const to = at + by;
    // At an end its button can be pressed no more: the other one takes the focus.
    const isAtEnd = to === 0 || to === rows.length - 1;
    wanted.current = `${(by === -1) !== isAtEnd ? 'up' : 'down'}-${row.key}`;
    setSaid(t('site.menu.moved', { number: to + 1, count: rows.length }));
    setRows(rows.toSpliced(at, 1).toSpliced(to, 0, row));
  };
  return (
    <>
      <ol ref={list} className="menu-rows">
        {rows.map((row, at) => (
          <MenuRowFields key={row.key} row={row} at={at} count={rows.length} pages={pages} fields={fields} change={(part) => change(at, part)} remove={() => remove(at)} move={(by) => move(at, by)} />
        ))}
      </ol>
      {rows.length === 0 && <p className="field-hint">{t('site.menu.none')}</p>}
      <p className="menu-end">
        {rows.length < MENU_MAX_LINKS ? <Button type="button" quiet data-focus="add" onClick={add}>{t('site.menu.add')}</Button> : <span className="field-hint">{t('site.menu.full', { max: MENU_MAX_LINKS })}</span>}
        {rows.length > 4 && <span className="field-hint">{t('site.menu.secondLine')}</span>}
      </p>
      <p role="status" className="sr-only">{said}</p>
    </>
  );
}

type RowProps = {
  row: Keyed; at: number; count: number; pages: MenuPage[]; fields: Record<string, string>;
  change: (part: Partial<MenuRow>) => void; remove: () => void; move: (by: 1 | -1) => void;
};

function MenuRowFields({ row, at, count, pages, fields, change, remove, move }: RowProps) {
  const id = useId();
  const number = at + 1;
  const error = (part: keyof MenuRow) => fields[`menu-${at}-${part}`];
  const wrong = (part: keyof MenuRow) => (error(part) ? { 'aria-invalid': true, 'aria-describedby': `${id}-${part}-error` } : {});
  const sentence = (part: keyof MenuRow) => error(part) && <p className="field-error" id={`${id}-${part}-error`}>{error(part)}</p>;
  return (
    <li>
      <div className="menu-row" role="group" aria-label={t('site.menu.link', { number })}>
        <div className="field">
          <label htmlFor={`${id}-page`}>{t('site.menu.leadsTo')}</label>
          <select id={`${id}-page`} name="page" data-focus={`page-${row.key}`} value={row.page} onChange={(event) => change({ page: event.target.value })} {...wrong('page')}>
            {pages.map((page) => <option key={page.id} value={page.id}>{page.title}</option>)}
            {row.page !== '' && !pages.some(({ id: page }) => page === row.page) && <option value={row.page}>{t('site.menu.hiddenPage')}</option>}
            <option value="">{t('site.menu.otherAddress')}</option>
          </select>
          {sentence('page')}
        </div>
        <div className="field" hidden={row.page !== ''}>
          <label htmlFor={`${id}-to`}>{t('site.menu.address')}</label>
          <input id={`${id}-to`} name="to" value={row.to} placeholder={t('site.menu.addressExample')} onChange={(event) => change({ to: event.target.value })} {...wrong('to')} />
          {sentence('to')}
        </div>
        <div className="field">
          <label htmlFor={`${id}-label`}>{row.page === '' ? t('site.menu.name') : t('site.menu.optionalName')}</label>
          <input id={`${id}-label`} name="label" value={row.label} maxLength={LABEL_MAX_CHARACTERS} placeholder={pages.find(({ id: page }) => page === row.page)?.title} onChange={(event) => change({ label: event.target.value })} {...wrong('label')} />
          {sentence('label')}
        </div>
        <div className="menu-row-acts">
          <Button type="button" quiet data-focus={`up-${row.key}`} aria-label={t('site.menu.up', { number })} disabled={at === 0} onClick={() => move(-1)}><ArrowUp aria-hidden size={18} /></Button>
          <Button type="button" quiet data-focus={`down-${row.key}`} aria-label={t('site.menu.down', { number })} disabled={at === count - 1} onClick={() => move(1)}><ArrowDown aria-hidden size={18} /></Button>
          <Button type="button" quiet data-focus={`remove-${row.key}`} aria-label={t('site.menu.takeAway', { number })} onClick={remove}><X aria-hidden size={18} /></Button>
        </div>
      </div>
    </li>
  );
}

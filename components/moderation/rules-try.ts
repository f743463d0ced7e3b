import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { RULE_FIELDS, RULES_MAX_BYTES, TRIED_AT_ONCE_CHARACTERS, type RuleField, type TryAnswer } from '@/lib/moderation/rules-form';
import { t } from '@/lib/words/t';

export type TryAction = (form: FormData) => Promise<TryAnswer>;

/** So long after the last key a change is tried. */
const PAUSE_MS = 300;

export const away = () => t('moderation.ruleTry.away');
export const tooLong = () => t('moderation.ruleTry.tooLong');

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const isControl = (element: Element): element is Control => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

function changedValue(control: Control): string | null {
  if (control instanceof HTMLSelectElement) return [...control.options].every((option) => option.selected === option.defaultSelected) ? null : control.value;
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked === control.defaultChecked ? null : control.checked ? 'on' : 'off';
  return control.value === control.defaultValue ? null : control.value;
}

/** The fields that somebody has changed, as a form: what is long and as it was is not sent again. */
export function changesIn(form: HTMLFormElement): FormData {
  const changes = new FormData();
  const controls = [...form.elements].filter(isControl);
  for (const name of RULE_FIELDS satisfies readonly RuleField[]) {
    const control = controls.find((one) => one.name === name);
    const value = control ? changedValue(control) : null;
    if (value !== null) changes.set(name, value);
  }
  return changes;
}

/** Whether changes are more than can be sent. A line break is sent as two characters. */
export const isTooLong = (form: FormData): boolean =>
  [...form.values()].reduce((sum, value) => sum + (typeof value === 'string' ? new TextEncoder().encode(value.replaceAll('\n', '\r\n')).length : 0), 0) > RULES_MAX_BYTES;

const lengthOf = (form: FormData): number => [...form.values()].reduce((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);

/** What stands beside the form: nothing is changed; a change is long, and tried when somebody asks; one is being tried; the last answer. */
export type Trying = { kind: 'unchanged' | 'long' | 'asking' } | { kind: 'answered'; answer: TryAnswer };

/** Tries what is typed a moment after the last key, and at once when somebody asks. Of answers that cross one another the last asked for counts. */
export function useTry(form: RefObject<HTMLFormElement | null>, action: TryAction) {
  const [trying, setTrying] = useState<Trying>({ kind: 'unchanged' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(0);

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    latest.current += 1;
    setTrying({ kind: 'unchanged' });
  }, []);

  const tryNow = useCallback(async () => {
    clearTimeout(timer.current);
    if (!form.current) return;
    const changes = changesIn(form.current);
    const asked = (latest.current += 1);
    if ([...changes.keys()].length === 0) return setTrying({ kind: 'unchanged' });
    setTrying({ kind: 'asking' });
    const answer: TryAnswer = isTooLong(changes) ? { ok: false, message: tooLong() } : await action(changes).catch(() => ({ ok: false, message: away() }));
    if (asked === latest.current) setTrying({ kind: 'answered', answer });
  }, [form, action]);

  const tryLater = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current && lengthOf(changesIn(form.current)) > TRIED_AT_ONCE_CHARACTERS) {
        latest.current += 1;
        return setTrying({ kind: 'long' });
      }
      void tryNow();
    }, PAUSE_MS);
  }, [form, tryNow]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { trying, tryNow, tryLater, forget };
}

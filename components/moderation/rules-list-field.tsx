'use client';

import { useState } from 'react';
import { LONG_LIST_LINES, type RuleList } from '@/lib/moderation/rules-form';
import type { ListView } from '@/lib/moderation/rules-view';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

export type OpenList = (name: RuleList) => Promise<string[] | null>;

type Props = { name: RuleList; label: string; hint: string; list: ListView; error?: string; open: OpenList };

const [MIN_ROWS, MAX_ROWS] = [4, 12];

/** A list, one line each. A long one is not in the page: it says how long it is, and comes when somebody opens it. */
export function RulesListField({ name, label, hint, list, error, open }: Props) {
  const [fetched, setFetched] = useState<string[] | null>(null);
  const [state, setState] = useState<'closed' | 'opening' | 'failed'>('closed');
  const isLong = list.count > LONG_LIST_LINES;
  const lines = isLong ? fetched : list.lines;
  if (lines) return <Field id={`rule-${name}`} name={name} label={label} hint={hint} error={error} multiline rows={Math.min(MAX_ROWS, Math.max(MIN_ROWS, lines.length + 1))} autoFocus={isLong} defaultValue={lines.join('\n')} />;
  const fetchList = async () => {
    setState('opening');
    const found = await open(name).catch(() => null);
    setFetched(found);
    setState(found ? 'closed' : 'failed');
  };
  return (
    <div className="rules-long">
      <p>{t.rich('moderation.longList.lines', { count: list.count, strong: (words) => <strong>{words}</strong> })}</p>
      <Button type="button" quiet disabled={state === 'opening'} onClick={() => void fetchList()}>{t('moderation.longList.open', { list: label })}</Button>
      {state === 'failed' && <p className="field-error" role="alert">{t('moderation.longList.failed')}</p>}
    </div>
  );
}

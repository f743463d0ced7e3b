'use client';

import { useState } from 'react';
import { LONG_LIST_LINES, type RuleList } from '@/lib/moderation/rules-form';
import type { ListView } from '@/lib/moderation/rules-view';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

export type OpenList = (name: RuleList) => Promise<string[] | null>;

type Props = { name: RuleList; label: string; hint: string; list: ListView; error?: string; open: OpenList };

const count = new Intl.NumberFormat('en-GB').format;

/** A list, one line each. A long one is not in the page: it says how long it is, and comes when somebody opens it. */
export function RulesListField({ name, label, hint, list, error, open }: Props) {
  const [fetched, setFetched] = useState<string[] | null>(null);
  const [state, setState] = useState<'closed' | 'opening' | 'failed'>('closed');
  const isLong = list.count > LONG_LIST_LINES;
  const lines = isLong ? fetched : list.lines;
  if (lines) return <Field id={`rule-${name}`} name={name} label={label} hint={hint} error={error} multiline rows={4} autoFocus={isLong} defaultValue={lines.join('\n')} />;
  const fetchList = async () => {
    setState('opening');
    const found = await open(name).catch(() => null);
    setFetched(found);
    setState(found ? 'closed' : 'failed');
  };
  return (
    <div className="rules-long">
      <p><strong>{count(list.count)}</strong> lines</p>
      <Button type="button" quiet disabled={state === 'opening'} onClick={() => void fetchList()}>{`Open the list: ${label}`}</Button>
      {state === 'failed' && <p className="field-error" role="alert">The list did not come. Please try again in a moment.</p>}
    </div>
  );
}

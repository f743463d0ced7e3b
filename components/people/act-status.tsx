import type { ActState } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/words/t';

/** What the last act of a form did, with the way back where there is one, or why it was refused. */
export function ActStatus({ state: { done, undo, message }, act }: { state: ActState; act: (form: FormData) => void }) {
  return (
    <>
      {message && <p className="status-bar status-bar--alert" role="alert">{message}</p>}
      <div className={done ? 'status-bar' : undefined} role="status">
        {done && <span>{done}</span>}
        {done && undo && (
          <form action={act}>
            {Object.entries(undo).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <Button quiet>{t('people.status.undo')}</Button>
          </form>
        )}
      </div>
    </>
  );
}

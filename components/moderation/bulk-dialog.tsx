import { AlertDialog } from '@base-ui/react/alert-dialog';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import type { Bulk } from './bulk';
import { useDesk } from './desk-context';

/** Asks before an act on all that match a filter, and before several comments are deleted for good. */
export function BulkDialog({ bulk: { asked, confirm, cancel } }: { bulk: Bulk }) {
  const { returnFocus } = useDesk();
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(isOpen) => !isOpen && cancel()} onOpenChangeComplete={(isOpen) => !isOpen && returnFocus()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog" finalFocus={() => false}>
          <AlertDialog.Title className="dialog-title">{asked && t(`moderation.${asked.isAllMatching ? 'askAll' : 'askMany'}.${asked.decision}`, { count: asked.total })}</AlertDialog.Title>
          <AlertDialog.Description>
            {asked?.decision === 'delete' ? t('moderation.bulk.deletedForGood') : t('moderation.bulk.undoable')}
          </AlertDialog.Description>
          <div className="dialog-acts">
            <AlertDialog.Close render={<Button quiet type="button" />}>{t('moderation.acts.cancel')}</AlertDialog.Close>
            <Button type="button" onClick={confirm}>
              {asked && t(`moderation.yes.${asked.decision}`)}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

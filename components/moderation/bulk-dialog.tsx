import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Act } from '@/lib/moderation/schema';
import { Button } from '@/components/ui/button';
import type { Bulk } from './bulk';
import { useDesk } from './desk-context';

const QUESTIONS: Record<Act, (comments: string) => string> = {
  approve: (comments) => `Approve ${comments}?`,
  unapprove: (comments) => `Send ${comments} back to Pending?`,
  spam: (comments) => `Move ${comments} to Spam?`,
  trash: (comments) => `Move ${comments} to Trash?`,
  restore: (comments) => `Restore ${comments}?`,
  delete: (comments) => `Delete ${comments} permanently?`,
};
const YES: Record<Act, string> = { approve: 'Approve all', unapprove: 'Unapprove all', spam: 'Move to Spam', trash: 'Move to Trash', restore: 'Restore all', delete: 'Delete them' };

/** Asks before an act on all that match a filter, and before several comments are deleted for good. */
export function BulkDialog({ bulk: { asked, confirm, cancel }, count }: { bulk: Bulk; count: Intl.NumberFormat }) {
  const { returnFocus } = useDesk();
  const many = asked && (asked.total === 1 ? 'one comment' : `${count.format(asked.total)} comments`);
  const comments = asked?.isAllMatching ? `all ${many} that match` : many;
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(isOpen) => !isOpen && cancel()} onOpenChangeComplete={(isOpen) => !isOpen && returnFocus()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog" finalFocus={() => false}>
          <AlertDialog.Title className="dialog-title">{asked && comments && QUESTIONS[asked.decision](comments)}</AlertDialog.Title>
          <AlertDialog.Description>
            {asked?.decision === 'delete' ? 'Their texts and their writers’ details are gone for good. Replies to them stay.' : 'You can undo this. What comes in meanwhile is left as it is.'}
          </AlertDialog.Description>
          <div className="dialog-acts">
            <AlertDialog.Close render={<Button quiet type="button" />}>Cancel</AlertDialog.Close>
            <Button type="button" onClick={confirm}>
              {asked && YES[asked.decision]}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

// What signing out of a desk needs, in one file: loaded before it is wanted, for then the blog may be out of reach.
export { bringKept } from '@/components/editor-screen/bring-kept';
export { LeftDialog } from './left-dialog';

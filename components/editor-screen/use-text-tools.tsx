import { useRef, useState, type ReactNode } from 'react';
import { MediaPicker } from '@/components/media/media-picker';
import { uploadMedia } from '@/components/media/upload-media';
import type { UploadedMedia } from '@/lib/media/schema';
import type { EditorActions } from './editor-actions';

type Chosen = (media: UploadedMedia | null) => void;
type Asked = Pick<EditorActions, 'clean' | 'embed' | 'fetchPicture'>;
type Given = Asked & { upload: typeof uploadMedia; pick: () => Promise<UploadedMedia | null> };

/** What the editor of the text asks for: files sent, files chosen, videos by address, HTML made safe. `dialog`: to be shown beside it. */
export function useTextTools({ clean, embed, fetchPicture }: Asked): { given: Given; dialog: ReactNode } {
  const [isChoosing, setChoosing] = useState(false);
  const waiting = useRef<Chosen | null>(null);
  const end: Chosen = (media) => {
    setChoosing(false);
    waiting.current?.(media);
    waiting.current = null;
  };
  const pick = () => {
    waiting.current?.(null);
    setChoosing(true);
    return new Promise<UploadedMedia | null>((resolve) => {
      waiting.current = resolve;
    });
  };
  return { given: { upload: uploadMedia, pick, embed, clean, fetchPicture }, dialog: <MediaPicker open={isChoosing} onClose={() => end(null)} onChoose={end} /> };
}

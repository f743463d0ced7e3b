import { useEffect, useRef, useState } from 'react';
import { EDITING_BEAT_MS, EDITING_GONE_MS, type OtherWindow } from '@/lib/posts/post-form';
import { joinOwnWindows, type OwnWindows } from './own-windows';
import { sendBeat } from './save-request';

type Shown = { person: string; tab: string; post: string; /** The blog has the post. */ isThere: boolean; /** What this window has seen. */ seen: string };

/** The other windows in which the same post is open, wherever they are; and whether one of them has saved it. */
export function useWindows({ person, tab, post, isThere, seen }: Shown) {
  const [others, setOthers] = useState<OtherWindow[]>([]);
  const [own, setOwn] = useState<string[]>([]);
  /** What the post's `seen` was elsewhere, while it was `mine` here: what this window saves itself later says nothing of it. */
  const [elsewhere, setElsewhere] = useState<{ theirs: string; mine: string } | null>(null);
  const [isSettled, setSettled] = useState(false);
  const windows = useRef<OwnWindows | null>(null);
  const now = useRef({ post, seen });
  useEffect(() => {
    now.current = { post, seen };
  }, [post, seen]);

  useEffect(() => {
    const joined = joinOwnWindows(person, tab, now.current.post, {
      onChange: () => setOwn([...(windows.current?.others.values() ?? [])]),
      onSaved: (saved, theirs) => {
        if (saved === now.current.post) setElsewhere({ theirs, mine: now.current.seen });
      },
    });
    windows.current = joined;
    return () => joined.leave();
  }, [person, tab]);
  useEffect(() => windows.current?.say('here', post), [post]);
  useEffect(() => {
    // Until then the blog may still speak of the window that this one has taken the place of, by a reload.
    const timer = setTimeout(() => setSettled(true), EDITING_GONE_MS + EDITING_BEAT_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!isThere) return;
    const beat = async () => {
      const heard = await sendBeat(post, tab);
      if (!heard) return;
      setOthers(heard.others);
      // Its own may be one whose answer was lost.
      setElsewhere(heard.isOwn ? null : { theirs: heard.seen, mine: now.current.seen });
    };
    void beat();
    const timer = setInterval(() => void beat(), EDITING_BEAT_MS);
    return () => clearInterval(timer);
  }, [isThere, post, tab]);

  return {
    /** Of this person. */
    hasOwn: own.includes(post) || (isSettled && others.some(({ isYou }) => isYou)),
    people: others.filter(({ isYou }) => !isYou).map(({ name }) => name),
    savedElsewhere: elsewhere !== null && elsewhere.mine === seen && elsewhere.theirs !== seen,
    hear: setOthers,
    tellSaved: (saved: string, its: string) => windows.current?.say('saved', saved, its),
    /** The windows of this browser, with what they show. */
    listOwn: () => [...(windows.current?.others.keys() ?? [])],
  };
}

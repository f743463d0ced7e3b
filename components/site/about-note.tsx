import { ABOUT_SIDE_PX } from '@/lib/media/site-picture-names';
import type { AboutView } from '@/lib/site/identity';
import { t } from '@/lib/words/t';
import { Prose } from '@/components/ui/prose';

/** Who writes here, in a few words of their own, with their picture. */
export function AboutNote({ about: { html, picture } }: { about: AboutView }) {
  return (
    <aside className="about-note" aria-labelledby="about-note-title">
      {picture && <img className="about-note-picture" src={picture.path} alt={picture.alt} width={ABOUT_SIDE_PX} height={ABOUT_SIDE_PX} loading="lazy" decoding="async" />}
      <div>
        <h2 id="about-note-title">{t('site.aboutNote.heading')}</h2>
        <Prose html={html} />
      </div>
    </aside>
  );
}

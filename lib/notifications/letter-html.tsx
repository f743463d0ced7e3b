import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { render } from '@react-email/render';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { Fragment, type CSSProperties, type ReactNode } from 'react';
import { directionOf } from '../words/direction';
import { spokenLanguage, t } from '../words/t';
import type { LetterAction, LetterItem, LetterParts } from './letter';

const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const SERIF = "Georgia, 'Times New Roman', serif";
const MONO = 'ui-monospace, Menlo, Consolas, monospace';
const MEASURE_PX = 560;
const PREVIEW_CHARACTERS = 140;

// For readers that know of it; the styles in the elements are what all others see. No address: nothing is fetched for it.
const DARK = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper, .paper > table > tbody > tr > td { background: #11151d !important; color: #e9e4da !important; }
  .sheet { background: #181d27 !important; border-color: #2a313d !important; }
  .words, .body { color: #e9e4da !important; }
  .code { background: #1b212c !important; color: #e9e4da !important; }
  .button { background: #e59a6f !important; color: #11151d !important; }
  .link, .body a { color: #e59a6f !important; }
  .quote { border-color: #e59a6f !important; color: #e9e4da !important; }
  .small { color: #adb3bf !important; }
}
.body img { max-width: 100%; height: auto; }
.body pre { white-space: pre-wrap; }`;

const styles = {
  paper: { margin: 0, padding: '24px 12px', background: '#fbf8f3', color: '#26221d', fontFamily: SERIF },
  name: { margin: '0 0 12px', padding: '0 4px', fontFamily: SANS, fontSize: 15, lineHeight: '1.4', fontWeight: 600 },
  sheet: { padding: '28px 24px 12px', border: '1px solid #e4dccf', borderRadius: 8, background: '#fffefb' },
  words: { margin: '0 0 16px', fontSize: 18, lineHeight: '1.6' },
  body: { margin: '0 0 16px', fontSize: 18, lineHeight: '1.6', wordBreak: 'break-word' },
  title: { margin: '0 0 4px', fontSize: 24, lineHeight: '1.3', fontWeight: 700 },
  byline: { margin: '0 0 16px', fontFamily: SANS, fontSize: 14, lineHeight: '1.5', color: '#574e45' },
  heading: { margin: '24px 0 8px', fontFamily: SANS, fontSize: 16, lineHeight: '1.4', fontWeight: 600 },
  quote: { margin: '0 0 12px', padding: '2px 0 2px 16px', borderLeft: '3px solid #b4532a', fontSize: 18, lineHeight: '1.6', wordBreak: 'break-word' },
  note: { margin: '0 0 8px', fontFamily: SANS, fontSize: 14, lineHeight: '1.5', color: '#574e45' },
  button: { display: 'inline-block', padding: '12px 20px', borderRadius: 6, background: '#b4532a', color: '#ffffff', fontFamily: SANS, fontSize: 16, fontWeight: 600, textDecoration: 'none' },
  link: { color: '#9c3f1a' },
  quiet: { margin: '24px 0 16px', fontFamily: SANS, fontSize: 15, lineHeight: '1.5' },
  small: { margin: '0 0 16px', fontFamily: SANS, fontSize: 13, lineHeight: '1.5', color: '#574e45' },
  typed: { margin: '0 0 8px', fontFamily: SANS, fontSize: 15, lineHeight: '1.5' },
  code: { margin: '0 0 20px', padding: '12px 16px', borderRadius: 6, background: '#f6f0e6', color: '#26221d', fontFamily: MONO, fontSize: 24, fontWeight: 600, lineHeight: '1.3', letterSpacing: '0.12em', textAlign: 'center' },
  footer: { margin: '16px 4px 0', fontFamily: SANS, fontSize: 13, lineHeight: '1.5', color: '#574e45' },
} as const satisfies Record<string, CSSProperties>;

/** A letter as the HTML of a mail, in the language of the blog. What it says is escaped; only `body` is markup. */
export const letterHtml = (parts: LetterParts): Promise<string> => render(<Letter {...parts} />);

function Letter({ siteTitle, paragraphs, title, byline, items = [], more, action, code, footer, links = [], body }: LetterParts) {
  const language = spokenLanguage();
  return (
    <Html lang={language} dir={directionOf(language)}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{siteTitle}</title>
        <style>{DARK}</style>
      </Head>
      <Body className="paper" style={styles.paper}>
        <Preview>{(paragraphs[0] ?? siteTitle).slice(0, PREVIEW_CHARACTERS)}</Preview>
        <Container style={{ maxWidth: MEASURE_PX }}>
          <Text style={styles.name}>{siteTitle}</Text>
          <Section className="sheet" style={styles.sheet}>
            {paragraphs.map((words, index) => <Text key={index} className="words" style={styles.words}>{withBreaks(words)}</Text>)}
            {title && <Text className="words" style={styles.title}>{title}</Text>}
            {byline && <Text className="small" style={styles.byline}>{byline}</Text>}
            {body && <div className="body" style={styles.body} dangerouslySetInnerHTML={{ __html: body.html }} />}
            {items.map((item, index) => <Item key={index} item={item} />)}
            {more && <Text className="words" style={styles.words}>{withBreaks(more)}</Text>}
            {action && (items.length > 0 ? <Text style={styles.quiet}><Way action={action} /></Text> : <MainAction action={action} />)}
            {code && <Code code={code} />}
          </Section>
          {footer && <Text className="small" style={styles.footer}>{withBreaks(footer)}</Text>}
          {links.length > 0 && (
            <Text className="small" style={styles.footer}>
              {links.map((one, index) => <Fragment key={index}>{index > 0 && ' · '}<Way action={one} /></Fragment>)}
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  );
}

const Way = ({ action: { label, href } }: { action: LetterAction }) => <Link href={href} className="link" style={styles.link}>{label}</Link>;

function Item({ item: { heading, quote, notes, action } }: { item: LetterItem }) {
  return (
    <>
      <Text className="words" style={styles.heading}>{heading}</Text>
      <blockquote className="quote" style={styles.quote}>{withBreaks(quote)}</blockquote>
      {notes.map((note, index) => <Text key={index} className="small" style={styles.note}>{note}</Text>)}
      <Text style={styles.words}><Button href={action.href} className="button" style={styles.button}>{action.label}</Button></Text>
    </>
  );
}

/** With its address in full, for those whose program shows no button. */
function MainAction({ action: { label, href } }: { action: LetterAction }) {
  return (
    <>
      <Text style={styles.words}><Button href={href} className="button" style={styles.button}>{label}</Button></Text>
      <Text className="small" style={styles.small}>
        {t('notifications.letter.address')}<br />
        <Link href={href} className="link" style={{ ...styles.link, wordBreak: 'break-all' }}>{href}</Link>
      </Text>
    </>
  );
}

function Code({ code }: { code: string }) {
  return (
    <>
      <Text className="words" style={styles.typed}>{t('notifications.letter.code')}</Text>
      <Text className="code" style={styles.code}>{code}</Text>
    </>
  );
}

function withBreaks(words: string): ReactNode {
  return words.split('\n').map((line, index) => <Fragment key={index}>{index > 0 && <br />}{line}</Fragment>);
}

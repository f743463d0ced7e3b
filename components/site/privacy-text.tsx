/** What this version of the blog keeps about its readers, said truly; a page of the owner's called `privacy` takes its place. */
export function PrivacyText({ blog, asksAkismet }: { blog: string; asksAkismet: boolean }) {
  return (
    <article className="post" aria-labelledby="post-title">
      <header className="post-head"><h1 id="post-title">Privacy</h1></header>
      <div className="prose post-body">
        <p>You can read everything on {blog} without telling it who you are. Reading sets no cookie, and nothing is fetched from another company: no counters, no advertising, no fonts or pictures from elsewhere.</p>
        <p>This blog itself counts how many people read a post each day: so that one reader counts once, it makes a fingerprint of your network address, of what your browser calls itself and of the post, which only that day’s random key can make again, and when the day is over it deletes key and fingerprints and keeps the number.</p>
        <h2>When you write a comment</h2>
        <p>We keep what you typed: the comment, your name, your e-mail address and, if you gave one, your website. Everyone can see the comment, the name and the website once the comment is published. <strong>The e-mail address is never shown to readers.</strong> It is used to recognise your earlier comments, and the owner of this blog can see it. The time you wrote is kept too, and whether and when a comment was published or taken away. If a person does not publish it, what they have answered you is kept with it, for you to read.</p>
        <p>Your network address is not kept{asksAkismet && ', but for the days that are named below'}. We keep a keyed hash of it, a fingerprint that cannot be turned back without the blog’s own secret, to stop floods of comments.</p>
        <p>From what those who run this blog publish and what they call spam, this blog learns which signs spam has. It keeps how often it has seen a sign, as numbers, not the words themselves.</p>
        {asksAkismet && <AskingAkismet />}
        <h2>When you report a comment</h2>
        <p>We keep what you say is wrong with it, and since when, for those who look after this blog. They do not learn who you are. Of your network address we keep the same keyed hash, so that one reader counts once.</p>
        <h2>When you sign in</h2>
        <p>You need no account to read or to write. If you sign in with Google, Twitter or Facebook, that company learns that you came to this blog, and tells it a number by which it knows you, your name and, where it does, your e-mail address and the address of your picture. We keep these, and nothing by which we could act in your name there. If you sign in by a link in a mail, we keep your address. While you are signed in we keep since when, by what way, and what your browser calls itself, so that you can see where you are signed in and end it. If those who run this blog have warned you, or let you write only later, we keep that, and why; you are told.</p>
        <p>What you were writing when you went to sign in is kept for your browser alone, for a day at most, and forgotten once you have posted it.</p>
        <h2>Your picture</h2>
        <p>If you sign in with a company that has a picture of you, this blog fetches it once and keeps a small copy, without what the camera wrote into it. It stands beside what you write under your own name. You can switch it off in your account; your initials stand there then. Readers’ browsers get it from this blog and ask nobody else.</p>
        <h2>Cookies</h2>
        <ul>
          <li><strong>here</strong> is set when you post or report a comment, for a year. It holds a random number and lets you, and nobody else, see your comment while it waits to be read, and what became of your report.</li>
          <li><strong>writer</strong> is set only if you tick “Save my name, email and website in this browser”. It holds those three in your browser, which sends them to this blog alone, so that you need not type them again.</li>
          <li>One that begins with <strong>open-</strong> is set when you have entered the password of a post, for ten days, so that you need not enter it again. It is sent where that post and its comments are, and says nothing about you.</li>
          <li><strong>authjs.session-token</strong> is set when you sign in and says who you are, until you sign out, or for a month. While you sign in with a company, a few more that begin with <strong>authjs.</strong> last for a quarter of an hour.</li>
          <li><strong>browser</strong> is set when you ask to sign in, until you close the browser: it leads back to what you were writing, and the code in the mail works only there.</li>
        </ul>
        <p>If you choose a light or dark theme, your browser remembers that by itself and does not send it to us.</p>
        <h2>Videos from elsewhere</h2>
        <p>They load only when you ask for them. Until you do, the other site does not learn that you were here; when you do, it sees your visit as if you had gone there. Pictures come from this blog alone.</p>
        <h2>Your say</h2>
        <p>If you sign in here, <a href="/account">your account</a> shows what the blog has about you and what you wrote. There you can download all of it, change your name, sign out everywhere, and <a href="/account/delete">delete your account</a>: a day later it is gone, and what you wrote stays without your name or goes with it, as you choose.</p>
        <p>If you wrote without signing in, ask whoever runs this blog for a copy of what you wrote, or to have it removed. A comment that others have answered leaves an empty place, so that their answers stay readable.</p>
        <p>Each night the blog makes a backup, which nobody but its owner can open, and keeps the last seven. What is deleted is in them for a week longer, and for as long as its owner keeps one made by hand.</p>
      </div>
    </article>
  );
}

function AskingAkismet() {
  return (
    <>
      <h3>Akismet</h3>
      <p>To keep spam away, this blog asks <a href="https://akismet.com/" rel="noopener">Akismet</a>, a service of the company Automattic, about each comment. It is told what you wrote and under which post, your name, your e-mail address and website, your network address, what your browser calls itself and the page you came from. It is not asked about what you write under a name on one post only, nor about somebody whom this blog trusts.</p>
      <p>If Akismet was wrong, we tell it so, and need for that what it was told. So we keep your network address, your browser’s name and the page you came from, encrypted, as long as nobody has decided about your comment, for 15 days at most. When somebody decides, they are deleted; where Akismet was wrong, it is told so first, within a few hours. What Akismet does with it is in <a href="https://automattic.com/privacy-notice/" rel="noopener">its own privacy notice</a>.</p>
    </>
  );
}

/** A comment of the sample blog. `by: 'author'` is the owner; `hoursAfter` counts from the post's publication. */
export type SampleComment = {
  name: string;
  by?: 'author';
  website?: string;
  hoursAfter: number;
  text: string;
  status?: 'pending' | 'spam' | 'trash';
  replies?: SampleComment[];
};

export type SamplePost = {
  kind?: 'page';
  title: string;
  slug: string;
  daysAgo: number;
  category?: string;
  tags?: string[];
  commentsOpen?: boolean;
  html: string;
  comments?: SampleComment[];
};

export const SAMPLE_SITE = { title: 'Small Hours', tagline: 'Notes on raising children, mostly written after bedtime' };

export const SAMPLE_POSTS: SamplePost[] = [
  {
    title: 'What secure attachment looks like on a Tuesday',
    slug: 'secure-attachment-on-a-tuesday',
    daysAgo: 3,
    category: 'Growing up',
    tags: ['attachment', 'babies', 'everyday'],
    html: `
<p>When our first child was born I read everything about attachment. I came away with the feeling that it was something one could fail at by Thursday. Four years and a second child later I think of it differently: it is not a performance, it is a habit of coming back.</p>
<!--more-->
<p>A securely attached child is not one who never cries, and the parent is not one who never loses patience. What the child learns, over hundreds of ordinary days, is a sentence without words: <em>when it is hard, someone comes.</em></p>
<h2>What it looks like here</h2>
<p>On an ordinary Tuesday it looks like nothing much:</p>
<ul>
<li>He falls, looks round for me, sees that I saw, and decides by himself whether this is a crying matter.</li>
<li>She brings me a stone. I say “a stone”. She takes it away again, satisfied, and brings the next one.</li>
<li>I shout about the shoes. Ten minutes later I say that I am sorry I shouted, and that the shoes still go on.</li>
<li>At the kindergarten gate he cries, and when I come back he is cross with me first and then will not let go of my sleeve.</li>
</ul>
<p>The third one matters most to me. Nobody is in tune all the time. What seems to carry children is that the thread, once it is broken, is picked up again — and that it is the grown-up who bends down for it.</p>
<blockquote><p>You do not have to be there without a gap. You have to be findable.</p></blockquote>
<h2>Two minutes that help me</h2>
<p>When I come home I put the bag down and sit on the floor in my coat. No questions about the day. I wait until somebody climbs on me. It takes two minutes, and the evening is another evening.</p>
<p>If you would like to see how early all this begins, there is a well-known film of the “still face” experiment: a mother stops answering her baby for a moment, and then she comes back. It is hard to watch, and the end is the point of it.</p>
<p>https://www.youtube.com/watch?v=apzXGEbZht0</p>
<p>And for the long version, the encyclopedia has a fair overview of <a href="https://en.wikipedia.org/wiki/Attachment_theory">attachment theory</a>, with its history and its critics.</p>
`,
    comments: [
      {
        name: 'Ines',
        hoursAfter: 2,
        text: 'I needed the sentence about the grown-up bending down for the thread. Yesterday was a day of nothing but broken threads here.',
        replies: [
          {
            name: 'author',
            by: 'author',
            hoursAfter: 3,
            text: 'Those days count too, Ines. I would even say: *those are the days it is made of.* How was this morning?',
            replies: [
              {
                name: 'Ines',
                hoursAfter: 9,
                text: 'Better. I sat on the floor in my coat. He brought me his breakfast.',
                replies: [
                  { name: 'Tomasz', hoursAfter: 11, text: 'Sitting on the floor in a coat is now a thing in our house as well. My wife asked if I was leaving.' },
                ],
              },
            ],
          },
          { name: 'Old Friend', hoursAfter: 30, status: 'pending', text: 'I could have written this comment word for word, Ines. May I ask how old yours is?' },
        ],
      },
      {
        name: 'Ruth Adeyemi',
        website: 'https://example.org/ruth',
        hoursAfter: 6,
        text: 'As a grandmother of five I read this with a smile. In my day it was called “being around”.\n\nTwo things I would add:\n\n- a child who is cross with you at the gate *trusts* you\n- it is never too late to pick up the thread, not even at forty',
        replies: [
          { name: 'Jonas', hoursAfter: 8, text: '> it is never too late to pick up the thread, not even at forty\n\nI am forty-one and rang my father after reading this. Thank you.' },
        ],
      },
      {
        name: 'A reader who asked to be removed',
        hoursAfter: 12,
        status: 'trash',
        text: 'This comment was moved to the trash; the answer to it stands.',
        replies: [{ name: 'Mireille', hoursAfter: 14, text: 'I do not think it has to be so strict. Most of us are doing this for the first time.' }],
      },
      { name: 'Best Toys 4 Less', website: 'https://example.net/toys', hoursAfter: 20, status: 'spam', text: 'Great post! Educational toys up to 80 % off at https://example.net/toys and https://example.net/sale' },
    ],
  },
  {
    title: 'The bedtime that takes two hours',
    slug: 'the-bedtime-that-takes-two-hours',
    daysAgo: 12,
    category: 'Evenings',
    tags: ['sleep', 'everyday'],
    html: `
<p>There is a version of our evening in which two washed children lie in bed at seven and I drink tea. I have seen it, in other people’s kitchens. Ours begins at six and ends, on good days, at eight.</p>
<!--more-->
<p>For a long time I fought it. I cut the stories, I lengthened the stories, I bought a lamp shaped like a moon. What changed something in the end was a notebook. For a week I wrote down what the two hours were made of:</p>
<ol>
<li>twenty minutes of washing, which is really playing with water,</li>
<li>half an hour of looking for a certain rabbit,</li>
<li>two stories,</li>
<li>and then, in the dark, the talk.</li>
</ol>
<p>The talk is why it takes two hours. In the dark, with nobody looking at anybody, he tells me who was mean, whether worms have mothers, and that he thought about Grandpa. At seven in the kitchen, under the lamp, I get “good” and “nothing”.</p>
<p>So I keep the two hours. I have moved the washing forward and tied the rabbit to the bed. The talk stays where it is.</p>
`,
    comments: [
      {
        name: 'Tomasz',
        hoursAfter: 5,
        text: 'Whether worms have mothers! Ours asked whether the moon is *allowed* to be up in the daytime.',
        replies: [{ name: 'author', by: 'author', hoursAfter: 16, text: 'And? Is it allowed?', replies: [{ name: 'Tomasz', hoursAfter: 18, text: 'We agreed that it has a special permit.' }] }],
      },
    ],
  },
  {
    title: 'A drawer they may empty',
    slug: 'a-drawer-they-may-empty',
    daysAgo: 40,
    category: 'Growing up',
    tags: ['everyday', 'play'],
    commentsOpen: false,
    html: `
<p>The best advice I was given in the first year came from the woman who sold us bread: give them one drawer. The lowest one, in the kitchen. Put in it what you do not mind finding under the sofa — wooden spoons, a sieve, the lid of something long gone.</p>
<p>Everything else in the kitchen is then allowed to be a no, because there is one place that is always a yes.</p>
<p>We have moved house since. The drawer was the first thing that was unpacked, by the person it belongs to.</p>
`,
    comments: [{ name: 'Mireille', hoursAfter: 3, text: 'Ours was the cupboard with the tins. He built towers; I cooked whatever was on top.' }],
  },
  {
    title: 'Half a page about patience',
    slug: 'half-a-page-about-patience',
    daysAgo: 75,
    category: 'Evenings',
    tags: ['parents'],
    html: `
<p>Patience, I used to think, is something one has. By half past five I had usually had it.</p>
<p>Now I think it is something one sets up, like a tent. It needs a few pegs: something eaten at four, one thing less on the list, a door that I may close for as long as a kettle takes. When I forget the pegs it is not my character that collapses. It is the tent.</p>
`,
  },
  {
    kind: 'page',
    title: 'About',
    slug: 'about',
    daysAgo: 90,
    commentsOpen: false,
    html: `
<p>This is a sample blog. Its posts, its author and its readers are made up, so that there is something to look at, to answer and to moderate before you write yourself.</p>
<p>Sign in as the owner to see the comment that waits for a decision, approve it, and answer it.</p>
`,
  },
];

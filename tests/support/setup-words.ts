import { speak } from '@/lib/words/languages';

// What tests expect is said in English, but where they choose another language themselves.
speak('en');

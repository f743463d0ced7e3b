import { decodeHTML } from 'entities';
import type { SafeHtml } from './safe-html';

/**
 * The words of HTML that was made safe here, on one line: as plainText, without building a tree, which would cost a page of
 * comments more than drawing them. Text, not HTML.
 */
export const safeText = (html: SafeHtml): string => decodeHTML(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').replace(/ ([.,;:!?…])/g, '$1').trim();

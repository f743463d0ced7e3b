'use client';

import dynamic from 'next/dynamic';
import type { DayBarsProps } from './day-bars';

// The chart's library is large: it comes after the page.
const DayBars = dynamic(() => import('./day-bars').then(({ DayBars: Bars }) => Bars), { ssr: false });

/** The place of a chart, of one height from the start: its numbers stand in the table beside it, for whoever does not see it. */
export function DayChart(props: DayBarsProps) {
  return (
    <div className="home-bars" aria-hidden="true">
      <DayBars {...props} />
    </div>
  );
}

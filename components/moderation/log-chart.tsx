'use client';

import dynamic from 'next/dynamic';
import type { ChartDay } from './log-bars';

// The chart's library is large, and no other page of the desk shows one.
const LogBars = dynamic(() => import('./log-bars').then(({ LogBars: Bars }) => Bars), { ssr: false });

/** The place of the chart, of one height from the start: its numbers stand in the table beside it, for whoever does not see it. */
export function LogChart({ days, language }: { days: ChartDay[]; language: string }) {
  return (
    <div className="log-bars" aria-hidden="true">
      <LogBars days={days} language={language} />
    </div>
  );
}

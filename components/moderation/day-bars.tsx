import { Bar, BarChart, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import { writtenDate } from '@/lib/site/rules';

export type DayBar = { day: string; count: number };

export type DayBarsProps = { days: DayBar[]; name: string; colour: 'accent' | 'good'; language: string };

const COLOURS = { accent: 'var(--color-accent)', good: 'var(--color-good)' } as const;
const TOOLTIP = { border: '1px solid var(--color-edge)', borderRadius: 'var(--radius-control)', background: 'var(--color-sheet)', color: 'var(--color-ink)', fontSize: 'var(--text-small)' };

/** One number a day as bars. Nothing in it moves. */
export function DayBars({ days, name, colour, language }: DayBarsProps) {
  const nameOf = (day: unknown) => writtenDate(new Date(`${String(day)}T12:00:00Z`), { language, timeZone: 'UTC' });
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap={days.length > 100 ? 0 : '20%'}>
        <YAxis allowDecimals={false} width={36} axisLine={false} tickLine={false} tickCount={3} tick={{ fill: 'var(--color-muted)', fontSize: 12 }} />
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--color-wash)' }} contentStyle={TOOLTIP} labelFormatter={(_, [item]) => nameOf((item?.payload as DayBar | undefined)?.day ?? days[0]?.day)} />
        <Bar dataKey="count" name={name} fill={COLOURS[colour]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

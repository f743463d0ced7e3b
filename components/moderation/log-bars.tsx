import { Bar, BarChart, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import { logGroupName, type LogGroup } from '@/lib/moderation/log-filter';
import { writtenDate } from '@/lib/site/rules';

export type ChartDay = { day: string } & Record<LogGroup, number>;

const COLOURS: Record<LogGroup, string> = { published: 'var(--color-good)', refused: 'var(--color-accent)', other: 'var(--color-edge)' };
const GROUPS = ['published', 'refused', 'other'] as const satisfies readonly LogGroup[];
const TOOLTIP = { border: '1px solid var(--color-edge)', borderRadius: 'var(--radius-control)', background: 'var(--color-sheet)', color: 'var(--color-ink)', fontSize: 'var(--text-small)' };

/** Decisions a day as bars. Nothing in it moves. */
export function LogBars({ days, language }: { days: ChartDay[]; language: string }) {
  const nameOf = (day: unknown) => writtenDate(new Date(`${String(day)}T12:00:00Z`), { language, timeZone: 'UTC' });
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="20%">
        <YAxis allowDecimals={false} width={28} axisLine={false} tickLine={false} tickCount={4} tick={{ fill: 'var(--color-muted)', fontSize: 12 }} />
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--color-wash)' }} contentStyle={TOOLTIP} labelFormatter={(_, [item]) => nameOf((item?.payload as ChartDay | undefined)?.day ?? days[0]?.day)} />
        {GROUPS.map((group) => <Bar key={group} dataKey={group} name={logGroupName(group)} stackId="day" fill={COLOURS[group]} isAnimationActive={false} />)}
      </BarChart>
    </ResponsiveContainer>
  );
}

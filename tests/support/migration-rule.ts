import { parse } from 'libpg-query';

// PostgreSQL's own parser (libpg_query), so that no way to write a statement gets past: https://github.com/pganalyze/libpg_query

type Node = Record<string, unknown>;
type Command = { subtype?: string; name?: string; def?: { ColumnDef?: { colname?: string; constraints?: { Constraint: { contype: string } }[] }; Constraint?: { contype: string; conname?: string; skip_validation?: boolean } } };
type Statement = { stmt: Node; stmt_location?: number; stmt_len?: number };

/** What says that a statement takes away what the version before may still use, and which migration has brought what that version uses in its place. */
const MARK = /^-- contracts: (\d{14}_\w+): .{10,}$/m;

const DROPS = ['OBJECT_TABLE', 'OBJECT_TYPE', 'OBJECT_FUNCTION', 'OBJECT_VIEW', 'OBJECT_SCHEMA', 'OBJECT_SEQUENCE'];
const TIGHTENS: Record<string, string> = { AT_DropColumn: 'drops a column', AT_SetNotNull: 'takes away that a column may be empty', AT_AlterColumnType: 'changes the type of a column' };

function complaintOfCommand({ subtype = '', name, def }: Command, isNew: boolean): string | null {
  if (isNew) return null;
  if (subtype in TIGHTENS) return `${TIGHTENS[subtype]} (${name})`;
  if (subtype === 'AT_AddColumn') {
    const kinds = def?.ColumnDef?.constraints?.map(({ Constraint: { contype } }) => contype) ?? [];
    return kinds.includes('CONSTR_NOTNULL') && !kinds.includes('CONSTR_DEFAULT') && !kinds.includes('CONSTR_GENERATED') ? `adds a column that must be filled, without a value to begin with (${def?.ColumnDef?.colname})` : null;
  }
  if (subtype === 'AT_AddConstraint' && def?.Constraint) return def.Constraint.contype === 'CONSTR_FOREIGN' ? null : `adds a constraint to what is there (${def.Constraint.conname})`;
  return null;
}

function complaintsOf(statement: Node, made: Set<string>): string[] {
  const [[kind = '', said] = []] = Object.entries(statement) as [string, Node][];
  const relation = (said?.relation as { relname?: string } | undefined)?.relname ?? '';
  if (kind === 'CreateStmt') made.add(relation);
  if (kind === 'DropStmt') return DROPS.includes(String(said?.removeType)) ? ['drops what the version before may use'] : [];
  if (kind === 'RenameStmt') return ['renames: to whoever runs the version before it is gone'];
  if (kind === 'TruncateStmt') return ['empties a table'];
  if (kind === 'IndexStmt') return said?.unique && !made.has(relation) ? [`makes a unique index on what is there (${said.idxname as string})`] : [];
  if (kind !== 'AlterTableStmt') return [];
  return (said?.cmds as { AlterTableCmd: Command }[]).flatMap(({ AlterTableCmd }) => complaintOfCommand(AlterTableCmd, made.has(relation)) ?? []);
}

/**
 * What of a migration the version before could not run on: instances of both run side by side while one is put in place of the
 * other, and going back must need no backup. Expand first (add, fill, write both), contract in a later release. A statement
 * that contracts says so in a comment before it: `-- contracts: 20270101120000_name: why nothing uses it any more`, with a
 * migration that is earlier. `earlier`: the names of those.
 */
export async function complaintsAbout(sql: string, earlier: readonly string[]): Promise<string[]> {
  const { stmts = [] } = (await parse(sql)) as { stmts?: Statement[] };
  const made = new Set<string>();
  let end = 0;
  return stmts.flatMap(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
    // Places are counted in bytes.
    const before = Buffer.from(sql).subarray(end, stmt_location).toString('utf8');
    end = stmt_location + stmt_len;
    const complaints = complaintsOf(stmt, made);
    const marked = MARK.exec(before)?.[1];
    if (complaints.length === 0 || (marked !== undefined && earlier.includes(marked))) return [];
    return marked === undefined ? complaints : [`“contracts: ${marked}” names no earlier migration`];
  });
}

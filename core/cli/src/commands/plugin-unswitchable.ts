import type { PackageContent } from "../signing/tarball"

/** Why a plain Medusa plugin cannot be switched shop by shop. */
export const CLASSES = {
  credentials: { "zh-CN": "启动选项中的密钥，全部店铺共用", en: "credentials in its options, the same for all shops" },
  state: { "zh-CN": "进程中的状态，全部店铺共用", en: "state of the process, shared by all shops" },
  keys: { "zh-CN": "自然主键，两个店铺会冲突", en: "a natural primary key, on which two shops collide" },
  connections: { "zh-CN": "自己的数据库连接，不受店铺隔离", en: "a connection of its own, past the isolation of shops" },
} as const
export type Finding = { because: keyof typeof CLASSES; file: string; line: number }

const CODE = /^(?!.*(?:\.d\.[cm]?ts|\.(?:spec|test)\.[jt]sx?)$).*\.[cm]?[jt]sx?$/
/** Runs in a browser, in a test, or is somebody else's. */
const ELSEWHERE = /(?:^|\/)(?:node_modules|admin|storefront|console|test|tests|__tests__|integration-tests)\//

const DRIVERS = "pg|pg-promise|postgres|mysql2?|mongoose|mongodb|ioredis|redis|typeorm|sequelize|knex|@prisma/client|better-sqlite3"

const SIGNS: [Finding["because"], RegExp][] = [
  ["connections", new RegExp(`(?:\\brequire\\(|\\bfrom\\s|^import\\s)\\s*["'](?:${DRIVERS})(?:/[^"']*)?["']`)],
  ["connections", /\bnew\s+(?:\w+\.)?(?:Pool|MongoClient|IORedis|Redis|DataSource|Sequelize|PrismaClient)\s*\(|\bcreate(?:Connection|Pool)\s*\(|\bmongoose\.connect\s*\(/],
  ["credentials", /\b(?:options_?|moduleOptions|pluginOptions)\s*\??\.\s*\w*(?:key|secret|token|password|credential)/i],
  ["credentials", /\bconstructor\s*\([^)]*,[^)]*\b(?:options|config)\w*\b/i],
  // What stands at the left edge lives as long as the process.
  ["state", /^(?:export\s+)?(?:let|var)\s+(?!\w+\s*=\s*class\b)\w/],
  ["state", /^(?:export\s+)?const\s+\w+(?:\s*:[^=]+)?\s*=\s*new\s+(?:Map|Set|WeakMap|LRU\w*|NodeCache)\b/],
  ["state", /^\s+(?:private\s+|public\s+|protected\s+)?static\s+(?!readonly\b)(?:\w+\s+)*\w+(?:\s*:[^=]+)?\s*=\s*(?:new\s+(?:Map|Set)|\[\s*\]|\{\s*\})/],
  ["state", /\bglobalThis\.\w+\s*=[^=]|\bprocess\.env\.\w+\s*=[^=]/],
  ["keys", /\.(?!id\b)(?:text|number|bigNumber|float|dateTime|enum|autoincrement)\s*\([^)]*\)(?:\.\w+\([^)]*\))*\.primaryKey\s*\(/],
  ["keys", /\bprimary\s+key\s*\(\s*(?!"?id"?\s*\))["\w]/i],
]
const KEYLESS = /\bmodel\s*\.define\s*\(/
const KEYED = /\.id\s*\([^)]*\)(?:\s*\.\w+\([^)]*\))*\s*\.primaryKey\s*\(/

/**
 * Looks at the source of a package for the four classes of Medusa plugins that cannot be switched per shop. It reads lines, it
 * proves nothing: what it finds may be harmless, and what hides is not found.
 */
export function findUnswitchable(content: PackageContent): Finding[] {
  return [...content].filter(([file]) => CODE.test(file) && !ELSEWHERE.test(file)).flatMap(([file, bytes]) => findingsIn(file, bytes.toString("utf8")))
}

function findingsIn(file: string, text: string): Finding[] {
  const keyless = KEYLESS.test(text) && !KEYED.test(text)
  return text.split("\n").flatMap((line, i): Finding[] => {
    if (/^\s*(?:\/\/|\*|\/\*)/.test(line) || /^import\s+type\b/.test(line)) return []
    const found = SIGNS.filter(([, sign]) => sign.test(line)).map(([because]) => because)
    if (keyless && KEYLESS.test(line)) found.push("keys")
    return [...new Set(found)].map((because) => ({ because, file, line: i + 1 }))
  })
}

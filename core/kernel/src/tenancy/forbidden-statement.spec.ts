import { changesForWhom } from "./forbidden-statement"

describe("a statement", () => {
  it.each([
    "set app.tenant_id = 'b'",
    "SET LOCAL app.tenant_id TO 'b'",
    "  set session \"app\".tenant_id = 'b'",
    "select 1; set app.tenant_id = 'b'",
    "select set_config('app.tenant_id', 'b', false)",
    "reset app.tenant_id",
    "reset all",
    "set role fangshi_owner",
    "set local role fangshi_owner",
    "set session authorization fangshi_owner",
    "reset role",
    "discard all",
  ])("changes for whom its connection works: %s", (sql) => {
    expect([changesForWhom(sql), changesForWhom({ text: sql, values: [] })]).toEqual([true, true])
  })

  it.each([
    "update staff set role = $1 where id = $2",
    "update staff set\n  role = $1",
    "set local lock_timeout = '3s'",
    "select current_setting('app.tenant_id')",
    "select * from reset",
    "insert into \"set\" (role) values ($1)",
    "",
  ])("does not: %s", (sql) => expect(changesForWhom(sql)).toBe(false))

  it("that is none does not", () => expect([changesForWhom(undefined), changesForWhom(null), changesForWhom({})]).toEqual([false, false, false]))
})

import path from "node:path"
import { testDataDirectory } from "./test-data-directory"

describe("the data folder of the tests", () => {
  const inRepository = path.resolve(__dirname, "../../../.data/test")

  it.each([
    ["is below the repository where none is named", undefined, inRepository],
    ["is below the repository where the name is empty", "", inRepository],
    ["is the one that is named", "/elsewhere", "/elsewhere"],
  ])("%s", (_what, named, folder) => {
    expect(testDataDirectory(named === undefined ? {} : { FANGSHI_TEST_DATA: named })).toBe(folder)
  })
})

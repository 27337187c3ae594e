const path = require("node:path")

/** @type {import("jest").Config} */
module.exports = {
  rootDir: path.resolve(__dirname, "../.."),
  testMatch: ["<rootDir>/{core,plugins,themes,admin,storefront}/**/*.spec.{ts,tsx}"],
  testPathIgnorePatterns: ["/node_modules/", "/fixtures/", "/\\.data/", "/build/"],
  modulePathIgnorePatterns: ["<rootDir>/\\.data", "<rootDir>/.*/build/", "<rootDir>/core/testing/fixtures/architecture"],
  testEnvironment: "node",
  runner: "<rootDir>/core/testing/runner.cjs",
  globalSetup: "<rootDir>/core/testing/src/global-setup.ts",
  globalTeardown: "<rootDir>/core/testing/src/global-teardown.ts",
  transform: {
    "^.+\\.tsx?$": [
      "@swc/jest",
      {
        jsc: { target: "es2022", parser: { syntax: "typescript", tsx: true, decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: "automatic" } } },
        module: { type: "commonjs", ignoreDynamic: true },
        sourceMaps: "inline",
      },
    ],
  },
  // A style sheet is its address to the program.
  moduleNameMapper: { "\\.css\\?url$": "<rootDir>/core/testing/src/style-sheet.ts" },
  testTimeout: 180_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: "3GB",
}

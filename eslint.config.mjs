import tseslint from "typescript-eslint"

const CODE = ["**/*.ts", "**/*.tsx"]

const calls = (names) => `CallExpression[callee.object.name=/^(?:test|it|describe)$/][callee.property.name=/^(?:${names})$/]`

/** Rules for bugs that the compiler lets pass; form is left to the writer. Reasons for disabled rules and file names are checked by `fangshi check`. */
export default tseslint.config(
  { ignores: ["**/node_modules/", "**/dist/", "**/build/", "**/coverage/", "**/fixtures/", "**/.react-router/", "**/.medusa/", ".data/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" } },
  {
    files: [...CODE, "**/*.mjs", "**/*.cjs"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
    rules: {
      // `== null` asks for null and undefined at once, and only that.
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-console": "error",
      "no-debugger": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-fallthrough": "error",
      "no-unsafe-finally": "error",
      "no-unsafe-optional-chaining": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-unreachable-loop": "error",
      "no-throw-literal": "error",
      "no-useless-rename": "error",
      "no-restricted-syntax": [
        "error",
        { selector: calls("only|skip|todo|failing"), message: "A test that does not run, or keeps others from running, proves nothing." },
        { selector: "CallExpression[callee.name=/^(?:fit|fdescribe|xit|xtest|xdescribe)$/]", message: "A test that does not run, or keeps others from running, proves nothing." },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "all", ignoreRestSiblings: true }],
    },
  },
  {
    files: CODE,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-for-in-array": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-non-null-asserted-optional-chain": "error",
      "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "lib", name: "Response" }, { from: "package", package: "react-router", name: "DataWithResponseInit" }] }],
      "@typescript-eslint/no-require-imports": "error",
      "@typescript-eslint/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
      "@typescript-eslint/restrict-plus-operands": "error",
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // The compiler's own rule is better here: it knows types from values.
      "no-throw-literal": "off",
    },
  },
  // Programs whose purpose is to print.
  { files: ["core/cli/**", "storefront/gallery/src/main.ts", "core/bench/**", "plugins/*/{bench,proof}/**", "core/testing/src/serve.ts", "core/testing/src/make-template.ts"], rules: { "no-console": "off" } },
)

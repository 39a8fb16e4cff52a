/**
 * Who may import whom. Each room of the house names what it may reach; everything else is an error.
 * `npm run check:imports` runs it; tests/scripts/import-rules.test.ts plants a violation of every rule.
 */

const CORE_DOOR = '^electron/core/index\\.ts$'
const HUB_DOOR = '^electron/hub/index\\.ts$'
/** @type {import('dependency-cruiser').DependencyType[]} */
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']

/**
 * A rule against reaching `path` (but what `except` matches is allowed).
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string} path
 * @param {string} [except]
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const forbid = (name, comment, from, path, except) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: except ? { path, pathNot: except } : { path },
})

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or need a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports this file and it is no entry: delete it or use it.',
      from: {
        orphan: true,
        path: '^(shared|electron|renderer)/',
        pathNot: ['\\.d\\.ts$', '^electron/(main|preload|core/worker|hub/process)\\.ts$'],
      },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The import names a file or package that is not there.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      comment:
        'A package must be in package.json itself, not only be installed because another one needs it.',
      from: { path: '^(shared|electron|renderer|scripts|tests)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped-code-uses-dependencies',
      severity: 'error',
      comment:
        'Main, core and hub load packages at run time: those must be dependencies. Electron brings itself.',
      from: { path: '^electron/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/(electron|@types)/',
      },
    },

    forbid(
      'shared-stays-home',
      'shared is pure: no other room.',
      '^shared/',
      '^(electron|renderer|scripts|tests)/',
    ),
    {
      name: 'shared-is-isomorphic',
      severity: 'error',
      comment: 'shared runs in the browser too: no Node.',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-only-zod',
      severity: 'error',
      comment: 'The one package shared may use is zod.',
      from: { path: '^shared/' },
      to: { dependencyTypes: npm, pathNot: '^node_modules/zod/' },
    },

    forbid(
      'core-without-electron',
      'The desk runs under plain Node in tests.',
      '^electron/core/',
      '^node_modules/electron/',
    ),
    forbid(
      'core-stays-home',
      'core reaches shared and itself.',
      '^electron/core/',
      '^(electron|renderer|scripts|tests)/',
      '^electron/core/',
    ),
    forbid(
      'hub-without-electron',
      'The hub is a server.',
      '^electron/hub/',
      '^node_modules/(electron|better-sqlite3)/',
    ),
    forbid(
      'hub-stays-home',
      'hub reaches shared and itself.',
      '^electron/hub/',
      '^(electron|renderer|scripts|tests)/',
      '^electron/hub/',
    ),

    forbid(
      'core-by-the-front-door',
      'The shell knows core only by its index.',
      '^electron/(shell/|main\\.ts$)',
      '^electron/core/',
      CORE_DOOR,
    ),
    forbid(
      'hub-by-the-front-door',
      'The shell knows the hub only by its index.',
      '^electron/(shell/|main\\.ts$)',
      '^electron/hub/',
      HUB_DOOR,
    ),
    forbid(
      'shell-stays-in-main',
      'The main process does not load the screens.',
      '^electron/(shell/|main\\.ts$)',
      '^(renderer|scripts|tests)/',
    ),
    forbid(
      'preload-stays-small',
      'The preload knows Electron and shared names.',
      '^electron/preload\\.ts$',
      '^(electron|renderer|scripts|tests)/',
    ),
    {
      name: 'preload-without-packages',
      severity: 'error',
      comment: 'A sandboxed preload may load only Electron.',
      from: { path: '^electron/preload\\.ts$' },
      to: {
        dependencyTypes: [...npm, 'core'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/electron/',
      },
    },

    forbid(
      'renderer-stays-home',
      'Screens reach shared and themselves.',
      '^renderer/',
      '^(electron|scripts|tests)/',
    ),
    {
      name: 'renderer-without-node',
      severity: 'error',
      comment: 'Screens run in the browser.',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    forbid(
      'renderer-without-electron',
      'Screens reach the desk only by window.bridge.',
      '^renderer/',
      '^node_modules/(electron|better-sqlite3)/',
    ),
    {
      name: 'features-apart',
      severity: 'error',
      comment: 'One screen does not import another: what both need moves to components.',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    forbid(
      'components-below-features',
      'Parts do not know the screens they are used in.',
      '^renderer/(components|bridge|i18n)/',
      '^renderer/features/',
    ),

    forbid(
      'hub-client-without-db',
      'A transport carries; it stores nothing.',
      '^electron/core/hub-client/',
      '^(electron/core/db/|node_modules/better-sqlite3/)',
    ),
    forbid(
      'queries-and-commands-without-sync',
      'A question or a command never waits for the network.',
      '^electron/core/(queries|commands)/',
      '^electron/core/(sync|hub-client)/',
    ),
    forbid(
      'no-tests-in-the-program',
      'Test code stays in tests.',
      '^(shared|electron|renderer|scripts)/',
      '^tests/',
    ),
  ],
  options: {
    // TypeScript 7 has no JavaScript API; swc reads the same syntax.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(tests/scripts/fixtures|scripts/setup/default-app|out)/' },
  },
}

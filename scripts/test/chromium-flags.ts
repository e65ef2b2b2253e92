/**
 * What Playwright switches off by itself. Chromium hears only the last list of its kind, so whoever gives one repeats
 * these; chromium-flags.test.ts holds them against Playwright's own.
 */
const offByPlaywright = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...[
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'PaintHolding',
    'ThirdPartyStoragePartitioning',
  ],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'TcpPortRandomizationWin', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch', 'msForceBrowserSignIn'],
  'msEdgeUpdateLaunchServicesPreferredVersion',
]

/** Each window has two pages of the browser's own for its address bar, which took as long to draw as the page under test. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/**
 * How every Chromium of the tests is started: with nothing that no page can tell, and that takes the processor.
 */
export const chromiumFlags: string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A process for each frame of another site, and one in spare: a page is kept from another's by its origin all the same.
  '--disable-site-isolation-trials',
  `--disable-features=${[...offByPlaywright, ...addressBar].join(',')}`,
]

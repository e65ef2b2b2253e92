/** The one version of the API this stand-in speaks. */
export const apiVersion = '2026-10-28.endive'

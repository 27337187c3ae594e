/** Milliseconds since 1970. What ends or begins by the clock asks this one, so that a test can let time pass. */
export type Clock = () => number

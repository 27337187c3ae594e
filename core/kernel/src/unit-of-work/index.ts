export { inUnitOfWork, shareConnectionInUnits, UnitOfWorkTooLong } from "./in-unit-of-work"
export { currentUnit, type UnitOfWork, UnitOfWorkEnded } from "./unit-of-work"

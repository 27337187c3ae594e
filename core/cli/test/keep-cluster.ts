/** In place of the set-up and the end of a whole run: what runs inside one uses its cluster. */
export default async function keepCluster(): Promise<void> {
  await Promise.resolve()
}

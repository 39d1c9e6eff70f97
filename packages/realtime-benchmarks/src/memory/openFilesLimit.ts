/** How many files and sockets this process may have open at once; Node has raised it to the most. */
export function openFilesLimit(): number {
  // The types of Node know the report as an object only.
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}

using System.CommandLine;
using Local;

return await LocalCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
